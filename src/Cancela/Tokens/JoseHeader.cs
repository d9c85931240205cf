using System.Text;

namespace Cancela.Tokens;

/// <summary>What we read of a token's header (RFC 7515 section 4.1). Values are views of the text, strings with their quotes.</summary>
/// <remarks>
/// <c>jku</c>, <c>jwk</c>, <c>x5u</c> and <c>x5c</c> are ignored like any unknown member: a key comes from the ring and never
/// from the token (RFC 8725 section 3.10), so there is nothing here that could look at them.
/// </remarks>
internal readonly ref struct JoseHeader
{
    private JoseHeader(ReadOnlySpan<byte> algorithm, ReadOnlySpan<byte> keyId, ReadOnlySpan<byte> type)
    {
        Algorithm = algorithm;
        KeyId = keyId;
        Type = type;
    }

    /// <summary><c>alg</c>.</summary>
    public ReadOnlySpan<byte> Algorithm { get; }

    /// <summary><c>kid</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> KeyId { get; }

    /// <summary><c>typ</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Type { get; }

    public static bool TryParse(ReadOnlySpan<byte> json, out JoseHeader header)
    {
        header = default;
        ReadOnlySpan<byte> algorithm = default, keyId = default, type = default;
        var members = new JsonMembers(json);
        while (members.MoveNext())
        {
            var name = members.Name;
            if (name.SequenceEqual("alg"u8)) algorithm = members.Value;
            else if (name.SequenceEqual("kid"u8)) keyId = members.Value;
            else if (name.SequenceEqual("typ"u8)) type = members.Value;
            else if (ChangesTheRules(name)) return false;
        }
        if (!members.IsWellFormed || !IsString(algorithm) || !IsStringOrAbsent(keyId) || !IsStringOrAbsent(type)) return false;
        header = new JoseHeader(algorithm, keyId, type);
        return true;
    }

    /// <summary>Whether <c>alg</c> is the algorithm that a key is pinned to. <c>none</c>, in any spelling, is no key's algorithm.</summary>
    public bool Names(SigningAlgorithm algorithm) => JsonText.Says(Algorithm, NameOf(algorithm));

    /// <summary>The kind of token that <c>typ</c> declares; null for any other. RFC 7515 section 4.1.9: <c>application/</c> may be left out.</summary>
    public TokenType? TokenType =>
        IsType("at+jwt"u8) || IsType("application/at+jwt"u8) ? Tokens.TokenType.Access
        : IsType("rt+jwt"u8) || IsType("application/rt+jwt"u8) ? Tokens.TokenType.Refresh
        : null;

    // Media types are compared without regard to case (RFC 2045 section 5.1).
    private bool IsType(ReadOnlySpan<byte> type) => Type.Length == type.Length + 2 && Ascii.EqualsIgnoreCase(Type[1..^1], type);

    // RFC 7515 section 4.1.11: extensions that are not understood make the JWS invalid, and we understand none. `b64`
    // (RFC 7797) would change what is signed, `zip` what is inside.
    private static bool ChangesTheRules(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("crit"u8) || name.SequenceEqual("b64"u8) || name.SequenceEqual("zip"u8);

    private static bool IsString(ReadOnlySpan<byte> value) => value.Length > 0 && value[0] == '"';

    private static bool IsStringOrAbsent(ReadOnlySpan<byte> value) => value.IsEmpty || IsString(value);

    private static ReadOnlySpan<byte> NameOf(SigningAlgorithm algorithm) => algorithm switch
    {
        SigningAlgorithm.HS256 => "HS256"u8,
        SigningAlgorithm.ES256 => "ES256"u8,
        SigningAlgorithm.RS256 => "RS256"u8,
        SigningAlgorithm.PS256 => "PS256"u8,
        _ => default,
    };
}
