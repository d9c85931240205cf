using Cancela.Accounts;
using Cancela.Tokens;

namespace Cancela.Strategies;

/// <summary>Whether a token was handed out for less than its account needs now.</summary>
internal sealed class MissingFactors(SecondFactorPolicy policy, AccountDirectory accounts, SessionDirectory sessions)
{
    /// <summary>Reads the store only where a second factor is required at all and the token does not say.</summary>
    public async ValueTask<bool> IsMissingAsync(TokenClaims claims, CancellationToken cancellationToken)
    {
        if (!policy.IsRequiredOfAnybody) return false;
        // The refresh tokens of refresh-rotation say neither.
        var role = claims.Role ?? (await accounts.FindAsync(claims.Subject, cancellationToken))?.Role ?? "";
        if (!policy.IsRequiredOf(role)) return false;
        var methods = claims.Role is null ? (await sessions.FindAsync(claims.SessionId, cancellationToken))?.Methods ?? "" : claims.Methods;
        return !Scopes.Contains(methods, SecondFactorPolicy.Method);
    }
}
