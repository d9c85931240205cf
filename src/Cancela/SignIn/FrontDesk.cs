using System.Diagnostics;
using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Credentials.Passwords;
using Cancela.Problems;
using Cancela.Sql;
using Cancela.Strategies;

namespace Cancela.SignIn;

/// <summary>Where people sign in: the proof is checked and, when it is good, exchanged for a credential of the slot.</summary>
internal sealed class FrontDesk(
    Database database, AccountDirectory accounts, PasswordCheck check, PasswordHasher hasher, SecondFactorDesk secondFactor, Roles roles, AuditLog audit,
    SignInMetrics metrics, TimeProvider clock)
{
    private const string Method = "pwd";

    /// <summary>One person at the desk: who they may be, what they want and from where they come.</summary>
    private sealed record Visit(SignInAccount? Found, string Scope, IStrategy Slot, ClientInfo Client);

    /// <summary>Signs in with an e-mail and a password.</summary>
    /// <param name="email">As it was typed. What is no address is treated like one that nobody has.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="scope">What to narrow the credential to, separated by spaces; empty: nothing.</param>
    /// <param name="slot">The strategy that hands out the credential.</param>
    /// <param name="client">From where.</param>
    /// <param name="cancellationToken">The request's.</param>
    public Task<SignInOutcome> SignInAsync(
        string email, string password, string scope, IStrategy slot, ClientInfo client, CancellationToken cancellationToken) =>
        metrics.CountAsync(slot, TryAsync(email, password, scope, slot, client, cancellationToken));

    private async Task<SignInOutcome> TryAsync(
        string email, string password, string scope, IStrategy slot, ClientInfo client, CancellationToken cancellationToken)
    {
        if (check.Overload is { } overload) return new SignInOutcome.Refused(overload);
        var visit = new Visit(await accounts.FindForSignInAsync(email, cancellationToken), scope, slot, client);
        return await check.CheckAsync(email, visit.Found?.PasswordHash, password, DecideAsync, cancellationToken);

        Task<SignInOutcome> DecideAsync(CheckOutcome<bool> outcome) => outcome switch
        {
            CheckOutcome<bool>.Right(var attempt, var needsRehash) => WelcomeAsync(visit, attempt, needsRehash ? password : null, cancellationToken),
            CheckOutcome<bool>.Wrong(var attempt) => RefuseAsync(visit, attempt),
            CheckOutcome<bool>.NotChecked(var refusal) => SendAwayAsync(visit, refusal, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<SignInOutcome> WelcomeAsync(Visit visit, Attempt.Taken attempt, string? toRehash, CancellationToken cancellationToken)
    {
        var account = visit.Found!.Account;
        if (account.Status != AccountStatus.Active) return await TurnAwayAsync(visit, attempt, Problem.AccountClosed, cancellationToken);
        if (!IsHeld(visit.Scope, account)) return await TurnAwayAsync(visit, attempt, Problem.InvalidScope, cancellationToken);

        if (secondFactor.IsNeeded(visit.Found)) return await AskForMoreAsync(visit, attempt, toRehash, cancellationToken);

        var proof = new Proof(Subject.Of(account), visit.Scope, Method, clock.GetUtcNow(), visit.Client);
        var sessionId = AccessTokens.NewId();
        var grant = await database.TransactAsync(async transaction =>
        {
            FailedAttempts.Forget(transaction, attempt);
            audit.Append(transaction, Event(visit, AuditEvent.Success, sessionId), visit.Client);
            var issued = await visit.Slot.IssueAsync(transaction, proof, sessionId);
            if (issued is null) transaction.GiveUp();
            return issued;
        }, cancellationToken);

        if (grant is null) return await WelcomeAgainAsync(visit, attempt, toRehash, cancellationToken);
        if (toRehash is not null) await RehashAsync(visit.Found, toRehash, cancellationToken);
        return new SignInOutcome.SignedIn(account, grant);
    }

    // The password was right: its failures are forgotten, those of the second factor are counted by themselves.
    private async Task<SignInOutcome> AskForMoreAsync(Visit visit, Attempt.Taken attempt, string? toRehash, CancellationToken cancellationToken)
    {
        var needed = await database.TransactAsync(transaction =>
        {
            FailedAttempts.Forget(transaction, attempt);
            audit.Append(transaction, Event(visit, Problem.SecondFactorRequired.Code), visit.Client);
            return Task.FromResult(secondFactor.Challenge(transaction, visit.Found!, visit.Scope, Method));
        }, cancellationToken);
        if (toRehash is not null) await RehashAsync(visit.Found!, toRehash, cancellationToken);
        return needed;
    }

    // The account changed between the check and the issue. A change of role does not make the right password wrong; a new password does.
    private async Task<SignInOutcome> WelcomeAgainAsync(Visit visit, Attempt.Taken attempt, string? toRehash, CancellationToken cancellationToken)
    {
        var before = visit.Found!;
        var found = await accounts.FindForSignInAsync(before.Account.Id, cancellationToken);
        return found is not null && found.PasswordHash == before.PasswordHash && found.Account.Version != before.Account.Version
            ? await WelcomeAsync(visit with { Found = found }, attempt, toRehash, cancellationToken)
            : await RefuseAsync(visit, attempt);
    }

    // The password was right: the failures before it are forgotten, whatever else stands in the way.
    private Task<SignInOutcome> TurnAwayAsync(Visit visit, Attempt.Taken attempt, Problem problem, CancellationToken cancellationToken) =>
        database.TransactAsync(transaction =>
        {
            FailedAttempts.Forget(transaction, attempt);
            audit.Append(transaction, Event(visit, problem.Code), visit.Client);
            return Task.FromResult(SignInOutcome.No(problem, "right password, and still not let in"));
        }, cancellationToken);

    // Not cancelled with the request: who hangs up is counted all the same.
    private Task<SignInOutcome> RefuseAsync(Visit visit, Attempt.Taken attempt) =>
        database.TransactAsync(transaction =>
        {
            FailedAttempts.Confirm(transaction, attempt);
            audit.Append(transaction, Event(visit, Problem.InvalidCredentials.Code), visit.Client);
            return Task.FromResult(SignInOutcome.No(Problem.InvalidCredentials, "wrong password or unknown address"));
        }, CancellationToken.None);

    private async Task<SignInOutcome> SendAwayAsync(Visit visit, Refusal refusal, CancellationToken cancellationToken)
    {
        if (refusal.Problem == Problem.RateLimited) await audit.AppendAsync(Event(visit, refusal.Problem.Code), visit.Client, cancellationToken);
        return new SignInOutcome.Refused(refusal);
    }

    private async Task RehashAsync(SignInAccount found, string password, CancellationToken cancellationToken)
    {
        try
        {
            if (await hasher.HashAsync(password, cancellationToken) is HashOutcome.Hashed(var hash))
                await accounts.ReplaceHashAsync(found.Account.Id, found.PasswordHash!, hash, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // They are signed in already. The next sign-in finds the old hash and tries again.
        }
    }

    private bool IsHeld(string scope, Account account)
    {
        var held = roles.ScopesOf(account.Role);
        return Scopes.Split(scope).All(held.Contains);
    }

    private static AuditEvent Event(Visit visit, string outcome, Guid? sessionId = null) =>
        new(AuditEvents.SignIn, outcome, visit.Found?.Account.Id, sessionId, visit.Slot.Name);
}
