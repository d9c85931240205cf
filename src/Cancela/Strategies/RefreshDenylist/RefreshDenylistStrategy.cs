using System.Diagnostics.CodeAnalysis;
using Cancela.Problems;
using Cancela.Revocation;
using Cancela.Sql;
using Cancela.Tokens;

namespace Cancela.Strategies.RefreshDenylist;

/// <summary>
/// S3: a short access token and a stateless refresh token. Renewing reads no database, ever: the refresh token itself says
/// what the new access token has to say, and the node's revocation set and the shared denylist, where there is one, say
/// whether it still counts.
/// </summary>
internal sealed class RefreshDenylistStrategy(
    AccessTokens tokens, TokenWriter writer, TokenReader reader, Revocations revocations, SessionDirectory sessions, bool tracked,
    CredentialLifetimes lifetimes, RefreshOptions options, TimeProvider clock, IDenylist? denylist = null) : IRenewingStrategy
{
    public string Name => StrategyNames.RefreshDenylist;

    public async Task<Grant?> IssueAsync(Transaction transaction, Proof proof, Guid sessionId)
    {
        var now = clock.GetUtcNow();
        var (access, claims) = tokens.Issue(proof, sessionId, lifetimes.DenylistAccessLifetime, now, now + options.Lifetime);
        var refresh = claims with
        {
            Type = TokenType.Refresh,
            TokenId = AccessTokens.NewId(),
            ExpiresAt = (now + options.Lifetime).ToUnixTimeSeconds(),
            SessionExpiresAt = null,
        };
        var endsAt = DateTimeOffset.FromUnixTimeSeconds(refresh.ExpiresAt);
        if (tracked && !await sessions.OpenAsync(transaction, SessionRow.Open(proof, sessionId, Name, endsAt, endsAt), proof.Subject.Version))
            return null;
        return new Grant(sessionId, access, DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt), claims.Scope!, writer.Write(refresh));
    }

    public bool TryRecognize(string credential, [NotNullWhen(true)] out Recognition? recognition) => tokens.TryRecognize(credential, Name, out recognition);

    public ValueTask<Recognition> AskAsync(string credential, CancellationToken cancellationToken) => tokens.AskAsync(credential, Name, cancellationToken);

    public async Task<Renewal> RenewAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var reading = reader.Read(refreshToken, TokenType.Refresh);
        if (reading is not TokenReading.Valid(var claims)) return new Renewal.Refused(TokenRefusals.Of(reading));

        // S4's refresh tokens say less: after a change of strategy they cannot be renewed here without reading the account.
        if (RefreshTokenOwner.Of(claims) != Name) return Renewal.No(Problem.TokenMalformed, "a refresh token of another strategy");

        // The synchronous check never asks the store: a node that cannot know refuses.
        var verdict = revocations.Check(claims.SessionId, claims.Subject, claims.Version, claims.KeyId);
        // The set first: it is nearer, and it knows all that counts. The shared denylist may know of a logout a moment sooner.
        if (verdict == RevocationVerdict.Counts && denylist is not null && await denylist.AskAsync(claims.SessionId) == DenylistAnswer.Listed)
            verdict = RevocationVerdict.SessionEnded;
        if (verdict != RevocationVerdict.Counts) return new Renewal.Refused(TokenRefusals.Of(verdict));

        var (access, issued) = tokens.Issue(claims, lifetimes.DenylistAccessLifetime, clock.GetUtcNow());
        return new Renewal.Renewed(
            new Grant(claims.SessionId, access, DateTimeOffset.FromUnixTimeSeconds(issued.ExpiresAt), issued.Scope ?? ""), claims.Subject, claims.Role ?? "", claims.Methods);
    }
}
