using System.Text.Json.Serialization;
using Cancela.Tokens;

namespace Cancela.Endpoints;

/// <summary>Answer of <c>POST /auth/introspect</c> (RFC 7662 section 2.2). Of an inactive token nothing else is told.</summary>
public sealed record IntrospectionResponse(bool Active)
{
    /// <summary><c>access_token</c> or <c>refresh_token</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TokenType { get; init; }

    /// <summary>The account.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Sub { get; init; }

    /// <summary>Its address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Email { get; init; }

    /// <summary>Its role.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Role { get; init; }

    /// <summary>What the token permits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Scope { get; init; }

    /// <summary>The sign-in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Sid { get; init; }

    /// <summary>Seconds since 1970.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? Iat { get; init; }

    /// <summary>Seconds since 1970.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? Exp { get; init; }

    /// <summary>Who issued it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Iss { get; init; }

    /// <summary>For whom.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Aud { get; init; }

    internal static readonly IntrospectionResponse Inactive = new(false);

    internal static IntrospectionResponse Of(TokenClaims claims, TokenOptions options) => new(true)
    {
        TokenType = claims.Type == Tokens.TokenType.Access ? "access_token" : "refresh_token",
        Sub = claims.Subject.ToString(),
        Email = claims.Email,
        Role = claims.Role,
        Scope = claims.Scope,
        Sid = claims.SessionId.ToString(),
        Iat = claims.IssuedAt,
        Exp = claims.ExpiresAt,
        Iss = options.Issuer,
        Aud = options.Audience,
    };
}
