using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cancela.Tokens;

/// <summary>
/// The keys of one moment: one that signs, those that verify, and the names of those that were retired. Immutable; a
/// rotation makes another ring, and whoever keeps the keys puts it in <see cref="Keys"/>.
/// </summary>
internal sealed class KeyRing
{
    private readonly FrozenDictionary<string, SigningKey> _verifying;
    private readonly FrozenDictionary<string, SigningKey>.AlternateLookup<ReadOnlySpan<char>> _byText;
    private readonly FrozenSet<string> _retired;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _retiredByText;
    private readonly SigningKey[] _newestFirst;

    /// <param name="keys">All keys that verify. The newest that can sign, signs.</param>
    /// <param name="retired">The names of the keys that no longer verify; one that is also among the keys is left out there.</param>
    /// <exception cref="ArgumentException">No key is left that can sign.</exception>
    public KeyRing(IEnumerable<SigningKey> keys, IEnumerable<string>? retired = null)
    {
        _retired = (retired ?? []).ToFrozenSet(StringComparer.Ordinal);
        _newestFirst = [.. keys.Where(key => !_retired.Contains(key.KeyId)).OrderByDescending(static key => key.CreatedAt)];
        _verifying = _newestFirst.DistinctBy(static key => key.KeyId).ToFrozenDictionary(static key => key.KeyId, StringComparer.Ordinal);
        _byText = _verifying.GetAlternateLookup<ReadOnlySpan<char>>();
        _retiredByText = _retired.GetAlternateLookup<ReadOnlySpan<char>>();
        Signing = _newestFirst.FirstOrDefault(static key => key.CanSign)
            ?? throw new ArgumentException("A ring has a key that signs: make a new key before the last one is retired.", nameof(keys));
    }

    /// <summary>The key that signs what is issued now.</summary>
    public SigningKey Signing { get; }

    /// <summary>The keys that verify.</summary>
    public IReadOnlyCollection<SigningKey> Verifying => _verifying.Values;

    /// <summary>The names of the keys that no longer verify.</summary>
    public IReadOnlyCollection<string> Retired => _retired;

    /// <summary>A ring with one more key. If it is the newest it signs, and the earlier ones go on verifying.</summary>
    public KeyRing With(SigningKey key) => new([.. _newestFirst, key], _retired);

    /// <summary>A ring in which that key verifies nothing any more.</summary>
    /// <exception cref="ArgumentException">It is the last one that can sign.</exception>
    public KeyRing Without(string keyId) => new(_newestFirst, [.. _retired, keyId]);

    /// <summary>Whether this very key still verifies.</summary>
    public bool Holds(SigningKey key) => _verifying.TryGetValue(key.KeyId, out var held) && ReferenceEquals(held, key);

    /// <summary>The key that a token's first part belongs to, when that part is one that we write: recognised whole, without decoding.</summary>
    public bool TryRecognise(ReadOnlySpan<byte> encodedHeader, [NotNullWhen(true)] out SigningKey? key, out TokenType type)
    {
        foreach (var candidate in _newestFirst)
        {
            key = candidate;
            type = TokenType.Access;
            if (encodedHeader.SequenceEqual(candidate.HeaderOf(TokenType.Access))) return true;
            type = TokenType.Refresh;
            if (encodedHeader.SequenceEqual(candidate.HeaderOf(TokenType.Refresh))) return true;
        }
        key = null;
        type = default;
        return false;
    }

    /// <summary>
    /// The key that a header names. Without <c>kid</c> it is the only one of the algorithm, if there is only one. A
    /// <c>kid</c> is a name in this ring and nothing else: not a path, not a query, not an address (RFC 8725 section 3.10).
    /// </summary>
    [SkipLocalsInit]
    public SigningKey? Find(JoseHeader header, out bool retired)
    {
        retired = false;
        if (header.KeyId.IsEmpty) return OnlyOneFor(header);
        Span<char> text = stackalloc char[CompactToken.MaximumLength];
        var keyId = text[..Encoding.UTF8.GetChars(header.KeyId[1..^1], text)];
        if (_byText.TryGetValue(keyId, out var key)) return key;
        retired = _retiredByText.Contains(keyId);
        return null;
    }

    private SigningKey? OnlyOneFor(JoseHeader header)
    {
        SigningKey? only = null;
        foreach (var key in _newestFirst)
        {
            if (!header.Names(key.Algorithm)) continue;
            if (only is not null) return null;
            only = key;
        }
        return only;
    }
}
