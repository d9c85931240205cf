using System.Text.Json.Serialization;
using Cancela.Strategies;

namespace Cancela.Endpoints;

/// <summary>Answer of <c>POST /auth/token</c> and <c>POST /auth/refresh</c> (RFC 6749 section 5.1).</summary>
/// <param name="AccessToken">For <c>Authorization: Bearer</c>.</param>
/// <param name="RefreshToken">Absent where the strategy has none, or the old one goes on.</param>
/// <param name="TokenType">Always <c>bearer</c>.</param>
/// <param name="ExpiresIn">The access token's life in seconds.</param>
/// <param name="Scope">What it permits, separated by spaces.</param>
public sealed record TokenResponse(
    string AccessToken,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken,
    string TokenType,
    long ExpiresIn,
    string Scope)
{
    /// <summary>Those of a second factor that was enrolled with this sign-in, told once; else left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? RecoveryCodes { get; init; }

    internal static TokenResponse Of(Grant grant, DateTimeOffset now) => new(
        grant.Credential, grant.RefreshToken, "bearer", grant.ExpiresAt.ToUnixTimeSeconds() - now.ToUnixTimeSeconds(), grant.Scope);
}
