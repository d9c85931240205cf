using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Problems;
using Cancela.Revocation;
using Cancela.Strategies;
using Cancela.Strategies.RefreshRotation;
using Cancela.Tokens;

namespace Cancela.Exchange;

/// <summary>
/// Where refresh tokens are shown. Each goes to the strategy that it is of; one of the former strategy is exchanged for what the
/// slot hands out now, for the same sign-in.
/// </summary>
internal sealed class RefreshDesk(
    Slots slots, Succession succession, RefreshTurns turns, Successors successors, TokenReader reader, Revocations revocations,
    SessionDirectory sessions, SecondFactorPolicy secondFactor, RenewalMetrics metrics)
{
    public Task<Renewal> RenewAsync(string token, ClientInfo client, CancellationToken cancellationToken) =>
        metrics.CountAsync(slots.Token.Name, PassAsync(token, client, cancellationToken));

    // Signed in before it was asked for: what would be handed out would open nothing. The session ends, or its client, which has
    // only the token of before, would look like a thief when it tries again.
    private async Task<Renewal> PassAsync(string token, ClientInfo client, CancellationToken cancellationToken)
    {
        var renewal = await ServeAsync(token, client, cancellationToken);
        if (renewal is not Renewal.Renewed { Grant: var grant, Role: var role, Methods: var methods }) return renewal;
        if (!secondFactor.IsRequiredOf(role) || Scopes.Contains(methods, SecondFactorPolicy.Method)) return renewal;
        await sessions.EndAsync(grant.SessionId, cancellationToken);
        return Renewal.No(Problem.SecondFactorRequired, "signed in without the second factor that the role needs");
    }

    private async Task<Renewal> ServeAsync(string token, ClientInfo client, CancellationToken cancellationToken)
    {
        if (reader.Read(token, TokenType.Refresh) is TokenReading.Valid(var claims))
        {
            var owner = RefreshTokenOwner.Of(claims);
            if (succession.RenewerOf(owner) is { } strategy)
            {
                var renewal = await strategy.RenewAsync(token, cancellationToken);
                // While nodes are replaced: another one, which is ahead, turned the sign-in. The same successor is handed out here.
                return renewal is Renewal.Turned
                    ? await ExchangeAsync(claims, succession.ComingToken ?? slots.Token.Name, client, cancellationToken)
                    : renewal;
            }
            if (succession.IsFormerToken(owner)) return await ExchangeAsync(claims, slots.Token.Name, client, cancellationToken);
        }
        // A single token cannot be renewed: what is shown here is at best of the wrong type.
        return slots.Token is IRenewingStrategy renewing
            ? await renewing.RenewAsync(token, cancellationToken)
            : new Renewal.Refused(await WrongTypeAsync(token, cancellationToken));
    }

    private async Task<Renewal> ExchangeAsync(TokenClaims claims, string to, ClientInfo client, CancellationToken cancellationToken)
    {
        // S4 reads the account anyway, and hands out its new version. S3's tokens are worth what they say, and no more.
        var version = RefreshTokenOwner.Of(claims) == StrategyNames.RefreshRotation ? Revocations.AnyVersion : claims.Version;
        var verdict = await revocations.CheckAsync(claims.SessionId, claims.Subject, version, claims.KeyId, cancellationToken);
        if (verdict != RevocationVerdict.Counts) return new Renewal.Refused(TokenRefusals.Of(verdict));

        return await turns.AdvanceAsync(claims, to, client, cancellationToken) switch
        {
            Advance.Advanced advanced => new Renewal.Renewed(successors.Of(advanced), advanced.Proof),
            Advance.Replayed => new Renewal.Reused(claims.Subject, claims.SessionId),
            Advance.AccountGone => Renewal.No(Problem.UserNotFound, "the account was deleted"),
            Advance.MovedOn => Renewal.No(Problem.TokenSuperseded, "the account moved on"),
            _ => Renewal.No(Problem.TokenRevoked, "its session has no row any more"),
        };
    }

    private async Task<Refusal> WrongTypeAsync(string token, CancellationToken cancellationToken) =>
        await slots.Token.RecognizeAsync(token, cancellationToken) is Recognition.Refused(var refusal) && refusal.Problem != Problem.TokenWrongType
            ? refusal
            : new Refusal(Problem.TokenWrongType, "the strategy has no refresh tokens", "refresh");
}
