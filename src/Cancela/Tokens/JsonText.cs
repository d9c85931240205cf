using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Cancela.Tokens;

/// <summary>Single JSON values, judged and unescaped by the framework.</summary>
internal static class JsonText
{
    private const int LongestString = CompactToken.MaximumLength;

    /// <summary>One whole value, well formed, without an object in which a name stands twice.</summary>
    public static bool IsValid(ReadOnlySpan<byte> value, int maximumDepth)
    {
        try
        {
            if (value.Contains((byte)'{'))
            {
                using var document = JsonDocument.Parse(
                    value.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = maximumDepth });
                return true;
            }
            var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = maximumDepth });
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>An array of strings as our writer has it: without white space, escapes, or strings beyond printable ASCII.</summary>
    public static bool StartsWithPlainStringArray(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        if (!text.StartsWith("[\""u8)) return false;
        var at = 1;
        while (at < text.Length && text[at] == '"')
        {
            at++;
            while (at < text.Length && text[at] is >= (byte)' ' and <= (byte)'~' and not (byte)'"' and not (byte)'\\') at++;
            if (at + 1 >= text.Length || text[at] != '"') return false;
            length = at + 2;
            if (text[at + 1] == ']') return true;
            if (text[at + 1] != ',') return false;
            at += 2;
        }
        return false;
    }

    /// <summary>A string, with its quotes, whose escapes mean something: half a surrogate pair does not.</summary>
    [SkipLocalsInit]
    public static bool IsValidString(ReadOnlySpan<byte> quoted)
    {
        try
        {
            Span<char> text = stackalloc char[LongestString];
            var reader = new Utf8JsonReader(quoted);
            reader.Read();
            reader.CopyString(text);
            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>What a valid string, with its quotes, says.</summary>
    public static string Read(ReadOnlySpan<byte> quoted)
    {
        if (!quoted.Contains((byte)'\\')) return Encoding.UTF8.GetString(quoted[1..^1]);
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }

    /// <summary>Whether a valid string, with its quotes, says this.</summary>
    public static bool Says(ReadOnlySpan<byte> quoted, ReadOnlySpan<byte> text)
    {
        if (!quoted.Contains((byte)'\\')) return quoted.Length == text.Length + 2 && quoted[1..^1].SequenceEqual(text);
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.ValueTextEquals(text);
    }
}
