using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cancela.Tokens;

/// <summary>Writes tokens. The only thing that it allocates is the text.</summary>
internal sealed class TokenWriter(TokenOptions options, Keys keys)
{
    private const int LongestPayload = 5 * 1024;

    /// <summary>The token, signed by the current ring's signing key. <see cref="TokenClaims.KeyId"/> is not read.</summary>
    /// <exception cref="ArgumentException">The claims do not fit a token of 8 KiB.</exception>
    [SkipLocalsInit]
    public string Write(TokenClaims claims)
    {
        Span<byte> json = stackalloc byte[LongestPayload];
        var payload = WriteClaims(new JsonLine(json), claims);

        var key = keys.Current.Signing;
        var header = key.HeaderOf(claims.Type);
        Span<byte> token = stackalloc byte[CompactToken.MaximumLength];
        header.CopyTo(token);
        token[header.Length] = (byte)'.';
        var length = header.Length + 1;
        length += Base64Url.EncodeToUtf8(payload, token[length..]);

        Span<byte> signature = stackalloc byte[key.SignatureLength];
        key.Sign(token[..length], signature);
        token[length++] = (byte)'.';
        length += Base64Url.EncodeToUtf8(signature, token[length..]);
        return Encoding.ASCII.GetString(token[..length]);
    }

    private ReadOnlySpan<byte> WriteClaims(JsonLine json, TokenClaims claims)
    {
        json.Text("iss"u8, options.Issuer);
        json.Text("aud"u8, options.Audience);
        json.Id("sub"u8, claims.Subject);
        if (claims.Type == TokenType.Access)
        {
            // RFC 9068 section 2.2 wants the client: at first-party sign-in it is the issuer itself.
            json.Text("client_id"u8, options.Issuer);
            json.Number("nbf"u8, claims.IssuedAt);
        }
        if (claims.Email is not null) json.Text("email"u8, claims.Email);
        if (claims.Role is not null) json.Text("role"u8, claims.Role);
        if (claims.Scope is not null) json.Text("scope"u8, claims.Scope);
        json.Number("iat"u8, claims.IssuedAt);
        json.Number("exp"u8, claims.ExpiresAt);
        json.Id("jti"u8, claims.TokenId);
        json.Id("sid"u8, claims.SessionId);
        json.Number("ver"u8, claims.Version);
        if (claims.Generation is { } generation) json.Number("gen"u8, generation);
        if (claims.SessionExpiresAt is { } sessionExpiresAt) json.Number("session_expiry"u8, sessionExpiresAt);
        json.Number("auth_time"u8, claims.AuthenticatedAt);
        if (claims.Methods.Length > 0) json.Words("amr"u8, claims.Methods);
        json.Text("type"u8, claims.Type == TokenType.Access ? "access" : "refresh");
        return json.Close();
    }
}
