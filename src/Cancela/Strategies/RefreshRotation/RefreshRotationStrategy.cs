using System.Diagnostics.CodeAnalysis;
using Cancela.Problems;
using Cancela.Revocation;
using Cancela.Sql;
using Cancela.Tokens;

namespace Cancela.Strategies.RefreshRotation;

/// <summary>
/// S4: access and refresh token, both renewed. The session's row holds one counter, the generation; renewing is one
/// conditional UPDATE of it, so that of any number of parallel uses exactly one rotates. No token is stored.
/// </summary>
internal sealed class RefreshRotationStrategy(
    AccessTokens tokens, RefreshTokens refreshTokens, TokenReader reader, Revocations revocations, SessionDirectory sessions,
    Generations generations, CredentialLifetimes lifetimes, SessionOptions sessionOptions, RefreshOptions options, TimeProvider clock) : IRenewingStrategy
{
    public string Name => StrategyNames.RefreshRotation;

    public async Task<Grant?> IssueAsync(Transaction transaction, Proof proof, Guid sessionId)
    {
        var now = clock.GetUtcNow();
        var absolute = sessionOptions.AbsoluteEnd(proof.At);
        var row = SessionRow.Open(proof, sessionId, Name, Earlier(now + options.Lifetime, absolute), absolute);
        if (!await sessions.OpenAsync(transaction, row, proof.Subject.Version)) return null;
        return Hand(proof, new Generation(row.Id, 0, now, row.ExpiresAt), now);
    }

    public bool TryRecognize(string credential, [NotNullWhen(true)] out Recognition? recognition) => tokens.TryRecognize(credential, Name, out recognition);

    public ValueTask<Recognition> AskAsync(string credential, CancellationToken cancellationToken) => tokens.AskAsync(credential, Name, cancellationToken);

    public async Task<Renewal> RenewAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var reading = reader.Read(refreshToken, TokenType.Refresh);
        if (reading is not TokenReading.Valid(var claims)) return new Renewal.Refused(TokenRefusals.Of(reading));
        if (RefreshTokenOwner.Of(claims) != Name || claims.Generation is not { } generation) return Renewal.No(Problem.TokenMalformed, "a refresh token of another strategy");

        // A moved-on account is no reason to refuse here: the statement below reads the account and hands out its new version.
        var verdict = await revocations.CheckAsync(claims.SessionId, claims.Subject, Revocations.AnyVersion, claims.KeyId, cancellationToken);
        if (verdict != RevocationVerdict.Counts) return new Renewal.Refused(TokenRefusals.Of(verdict));

        var now = clock.GetUtcNow();
        return await generations.AdvanceAsync(claims.SessionId, claims.Subject, generation, now, cancellationToken) switch
        {
            Advance.Advanced(var proof, var next, _) => new Renewal.Renewed(Hand(proof, next, now), proof),
            Advance.Turned => new Renewal.Turned(),
            Advance.Replayed => new Renewal.Reused(claims.Subject, claims.SessionId),
            Advance.AccountGone => Renewal.No(Problem.UserNotFound, "the account was deleted"),
            _ => Renewal.No(Problem.TokenRevoked, "its session has no row any more"),
        };
    }

    private Grant Hand(Proof proof, Generation generation, DateTimeOffset now)
    {
        // No access token outlives its refresh token, and so none the session's absolute end.
        var left = generation.ExpiresAt - now;
        var lifetime = left < lifetimes.RotationAccessLifetime ? left : lifetimes.RotationAccessLifetime;
        var (access, claims) = tokens.Issue(proof, generation.SessionId, lifetime, now);
        var refresh = refreshTokens.Write(proof, generation);
        return new Grant(generation.SessionId, access, DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt), claims.Scope!, refresh);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
