using Cancela.Accounts;
using Cancela.Strategies;
using Cancela.Strategies.RefreshRotation;
using Cancela.Tokens;

namespace Cancela.Exchange;

/// <summary>
/// What a generation of a sign-in is worth to its client, in the strategy that the row has. Whatever can be shown again follows
/// from the generation, so that parallel uses get the same.
/// </summary>
internal sealed class Successors(AccessTokens tokens, RefreshTokens refreshTokens, TokenWriter writer, Roles roles, CredentialLifetimes lifetimes, TimeProvider clock)
{
    public Grant Of(Advance.Advanced advanced)
    {
        var (proof, generation, strategy) = advanced;
        if (strategy == StrategyNames.Jwt)
        {
            var single = ClaimsOf(proof, generation, TokenType.Access);
            return new Grant(generation.SessionId, writer.Write(single), DateTimeOffset.FromUnixTimeSeconds(single.ExpiresAt), single.Scope!);
        }
        var rotates = strategy == StrategyNames.RefreshRotation;
        var now = clock.GetUtcNow();
        var left = generation.ExpiresAt - now;
        var lifetime = rotates ? lifetimes.RotationAccessLifetime : lifetimes.DenylistAccessLifetime;
        var (access, claims) = tokens.Issue(
            proof, generation.SessionId, left < lifetime ? left : lifetime, now, rotates ? null : generation.ExpiresAt);
        var refresh = rotates
            ? refreshTokens.Write(proof, generation)
            : writer.Write(ClaimsOf(proof, generation, TokenType.Refresh) with { Generation = generation.Number });
        return new Grant(generation.SessionId, access, DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt), claims.Scope!, refresh);
    }

    private TokenClaims ClaimsOf(Proof proof, Generation generation, TokenType type)
    {
        var subject = proof.Subject;
        return new TokenClaims(
            type, subject.AccountId, generation.SessionId, subject.Version, refreshTokens.TokenId(generation),
            generation.RotatedAt.ToUnixTimeSeconds(), generation.ExpiresAt.ToUnixTimeSeconds(), proof.At.ToUnixTimeSeconds(), proof.Methods,
            subject.Email, subject.Role, Scopes.Narrow(roles.ScopesOf(subject.Role), proof.Scope));
    }
}
