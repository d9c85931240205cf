namespace Cancela.Tokens;

/// <summary>What a token of ours says. Times are whole seconds since 1970 (RFC 7519 NumericDate).</summary>
/// <param name="Type">Claim <c>type</c>.</param>
/// <param name="Subject">Claim <c>sub</c>: the account.</param>
/// <param name="SessionId">Claim <c>sid</c>: the sign-in that it belongs to.</param>
/// <param name="Version">Claim <c>ver</c>: the account's version when it was issued.</param>
/// <param name="TokenId">Claim <c>jti</c>.</param>
/// <param name="IssuedAt">Claim <c>iat</c>; <c>nbf</c> is the same.</param>
/// <param name="ExpiresAt">Claim <c>exp</c>. No leeway.</param>
/// <param name="AuthenticatedAt">Claim <c>auth_time</c>: when the person last proved who they are.</param>
/// <param name="Methods">Claim <c>amr</c> (RFC 8176), separated by spaces here.</param>
/// <param name="Email">Claim <c>email</c>. Absent from S4's refresh tokens.</param>
/// <param name="Role">Claim <c>role</c>. Absent from S4's refresh tokens.</param>
/// <param name="Scope">Claim <c>scope</c>, separated by spaces. Absent from S4's refresh tokens.</param>
/// <param name="Generation">Claim <c>gen</c>: refresh tokens of S4, and those that S3 hands out for one of S4.</param>
/// <param name="SessionExpiresAt">
/// Claim <c>session_expiry</c>: when the sign-in's refresh token expires. S3's access tokens say it, as no row may: whoever signs
/// out with the one must know for how long the other would have counted.
/// </param>
internal sealed record TokenClaims(
    TokenType Type, Guid Subject, Guid SessionId, int Version, Guid TokenId, long IssuedAt, long ExpiresAt,
    long AuthenticatedAt, string Methods, string? Email = null, string? Role = null, string? Scope = null, int? Generation = null,
    long? SessionExpiresAt = null)
{
    /// <summary>The key that signed it: header <c>kid</c>. Empty on a token not yet signed.</summary>
    public string KeyId { get; init; } = "";
}
