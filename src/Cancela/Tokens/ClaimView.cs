using System.Text.Json;

namespace Cancela.Tokens;

/// <summary>
/// The claims of a token whose signature holds, before anything is allocated for them: numbers and identifiers are parsed,
/// texts are views of the decoded payload, with their quotes. An empty view is an absent claim.
/// </summary>
internal ref partial struct ClaimView
{
    private ReadOnlySpan<byte> _type;
    private ReadOnlySpan<byte> _issuer;
    private ReadOnlySpan<byte> _audience;
    private ReadOnlySpan<byte> _methods;
    private ReadOnlySpan<byte> _email;
    private ReadOnlySpan<byte> _role;
    private ReadOnlySpan<byte> _scope;
    private Guid _subject;
    private Guid _sessionId;
    private Guid _tokenId;
    private int _version;
    private int _generation;
    private long _issuedAt;
    private long _notBefore;
    private long _expiresAt;
    private long _authenticatedAt;
    private long _sessionExpiresAt;
    private Present _present;

    [Flags]
    private enum Present
    {
        None = 0,
        Subject = 1,
        SessionId = 2,
        TokenId = 4,
        Version = 8,
        IssuedAt = 16,
        ExpiresAt = 32,
        Generation = 64,
        SessionExpiresAt = 128,
        Required = SessionId | TokenId | Version | IssuedAt | ExpiresAt,
    }

    public TokenType Type { get; private set; }

    public readonly bool HasSubject => Has(Present.Subject);

    /// <summary>Everything that must be there is, except perhaps <c>sub</c>, which has an answer of its own.</summary>
    public readonly bool IsComplete => Has(Present.Required);

    public readonly long IssuedAt => _issuedAt;

    public readonly long NotBefore => _notBefore;

    public readonly long ExpiresAt => _expiresAt;

    public readonly bool IsIssuedBy(ReadOnlySpan<byte> issuer) => IsString(_issuer) && JsonText.Says(_issuer, issuer);

    /// <summary>RFC 7519 section 4.1.3: one string, or a list in which we must be.</summary>
    public readonly bool IsFor(ReadOnlySpan<byte> audience)
    {
        if (IsString(_audience)) return JsonText.Says(_audience, audience);
        if (!IsArray(_audience)) return false;
        var reader = new Utf8JsonReader(_audience);
        while (reader.Read())
            if (reader is { CurrentDepth: 1, TokenType: JsonTokenType.String } && reader.ValueTextEquals(audience)) return true;
        return false;
    }

    public readonly TokenClaims ToClaims(string keyId) => new(
        Type, _subject, _sessionId, _version, _tokenId, _issuedAt, _expiresAt, _authenticatedAt, ReadMethods(),
        ReadText(_email), ReadText(_role), ReadText(_scope), Has(Present.Generation) ? _generation : null,
        Has(Present.SessionExpiresAt) ? _sessionExpiresAt : null)
    {
        KeyId = keyId,
    };

    private readonly bool Has(Present claims) => (_present & claims) == claims;

    private readonly string ReadMethods()
    {
        if (_methods.IsEmpty) return "";
        var reader = new Utf8JsonReader(_methods);
        var methods = "";
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.String) methods = methods.Length == 0 ? reader.GetString()! : $"{methods} {reader.GetString()}";
        return methods;
    }

    private static string? ReadText(ReadOnlySpan<byte> quoted) => quoted.IsEmpty ? null : JsonText.Read(quoted);

    private static bool IsString(ReadOnlySpan<byte> value) => value.Length > 0 && value[0] == '"';

    private static bool IsArray(ReadOnlySpan<byte> value) => value.Length > 0 && value[0] == '[';
}
