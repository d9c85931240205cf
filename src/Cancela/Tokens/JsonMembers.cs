using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Cancela.Tokens;

/// <summary>
/// Walks the members of one JSON object, strictly and without allocating: valid UTF-8, nothing twice (RFC 7515 section 4
/// and RFC 7519 section 4 let us refuse it), nothing before or after the object, no escapes in names.
/// </summary>
/// <remarks>
/// The JSON reader of the framework takes longer for a token's claims than the MAC that protects them. This one reads flat
/// text by itself; nested values, unusual numbers and escaped strings are judged by the framework.
/// </remarks>
[SkipLocalsInit]
internal ref struct JsonMembers
{
    private const int MaximumCount = 64;
    private const int MaximumDepth = 8;

    private static readonly SearchValues<byte> EndsPlainText = SearchValues.Create([(byte)'"', (byte)'\\', .. ControlCharacters()]);
    private static readonly SearchValues<byte> NumberCharacters = SearchValues.Create("0123456789+-.eE"u8);

    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private int _count;
    private ulong _seen;
    private Ranges _names;

    /// <param name="text">The object's text.</param>
    public JsonMembers(ReadOnlySpan<byte> text)
    {
        Unsafe.SkipInit(out this);
        _text = text;
        _at = 0;
        _count = 0;
        _seen = 0;
        Name = default;
        Value = default;
        IsWellFormed = false;
    }

    /// <summary>The member's name.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The member's value as it stands in the text, a string with its quotes.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True once the walk has come to the end and found nothing wrong.</summary>
    public bool IsWellFormed { get; private set; }

    public bool MoveNext()
    {
        if (_count == 0 && !(Utf8.IsValid(_text) && Take('{'))) return false;
        if (_count > 0 ? !Take(',') : Take('}')) return End(closed: _count == 0);
        return _count < MaximumCount && TakeName() && Take(':') && TakeValue();
    }

    private bool End(bool closed)
    {
        if (!closed && !Take('}')) return false;
        SkipWhiteSpace();
        IsWellFormed = _at == _text.Length;
        return false;
    }

    private bool TakeName()
    {
        if (!Take('"')) return false;
        var start = _at;
        if (!TakePlainText()) return false;
        Name = _text[start..(_at - 1)];
        return AddName(start);
    }

    // One bit a name tells at once that it is new; only where two share a bit are the names compared.
    private bool AddName(int start)
    {
        var hash = Name.IsEmpty ? 0 : (Name[0] * 31) + (Name[^1] * 7) + Name.Length;
        var bit = 1UL << (hash & 63);
        if ((_seen & bit) != 0)
        {
            foreach (var (at, length) in _names[.._count])
                if (_text.Slice(at, length).SequenceEqual(Name)) return false;
        }
        _seen |= bit;
        _names[_count++] = (start, Name.Length);
        return true;
    }

    private bool TakeValue()
    {
        SkipWhiteSpace();
        if (_at == _text.Length) return false;
        var start = _at;
        var taken = _text[_at] switch
        {
            (byte)'"' => TakeString(),
            (byte)'[' or (byte)'{' => TakeNested(),
            (byte)'t' => TakeWord("true"u8),
            (byte)'f' => TakeWord("false"u8),
            (byte)'n' => TakeWord("null"u8),
            _ => TakeNumber(),
        };
        if (taken) Value = _text[start.._at];
        return taken;
    }

    private bool TakeString()
    {
        var start = _at++;
        if (TakePlainText()) return true;
        while (_at < _text.Length && _text[_at] == '\\')
        {
            if (_at + 2 > _text.Length) return false;
            _at += 2;
            if (TakePlainText()) return JsonText.IsValidString(_text[start.._at]);
        }
        return false;
    }

    // To the closing quote and over it; otherwise it stops at whatever is in the way.
    private bool TakePlainText()
    {
        var length = _text[_at..].IndexOfAny(EndsPlainText);
        _at = length < 0 ? _text.Length : _at + length;
        if (_at == _text.Length || _text[_at] != '"') return false;
        _at++;
        return true;
    }

    private bool TakeNumber()
    {
        var rest = _text[_at..];
        var length = rest.IndexOfAnyExcept(NumberCharacters);
        if (length <= 0) return false;
        _at += length;
        var digits = rest[..length];
        var plain = digits[0] is >= (byte)'1' and <= (byte)'9' && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        return plain || JsonText.IsValid(digits, MaximumDepth);
    }

    private bool TakeWord(ReadOnlySpan<byte> word)
    {
        if (!_text[_at..].StartsWith(word)) return false;
        _at += word.Length;
        return true;
    }

    private bool TakeNested()
    {
        var start = _at;
        if (JsonText.StartsWithPlainStringArray(_text[start..], out var length))
        {
            _at += length;
            return true;
        }
        var depth = 0;
        while (_at < _text.Length)
        {
            switch (_text[_at])
            {
                case (byte)'[' or (byte)'{' when ++depth > MaximumDepth:
                    return false;
                case (byte)']' or (byte)'}' when --depth == 0:
                    _at++;
                    return JsonText.IsValid(_text[start.._at], MaximumDepth);
                case (byte)'"':
                    if (!TakeString()) return false;
                    continue;
                default:
                    _at++;
                    continue;
            }
        }
        return false;
    }

    private bool Take(char expected)
    {
        if (_at < _text.Length && _text[_at] <= ' ') SkipWhiteSpace();
        if (_at == _text.Length || _text[_at] != expected) return false;
        _at++;
        return true;
    }

    private void SkipWhiteSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r') _at++;
    }

    private static byte[] ControlCharacters() => [.. Enumerable.Range(0, 0x20).Select(static code => (byte)code)];

    [InlineArray(MaximumCount)]
    private struct Ranges
    {
        private (int At, int Length) _first;
    }
}
