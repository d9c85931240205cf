using System.Diagnostics;
using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Credentials.Passwords;
using Cancela.Problems;
using Cancela.Sql;
using Cancela.Strategies;

namespace Cancela.SignIn;

/// <summary>Where people sign in: the proof is counted, weighed and, when it is good, exchanged for a credential of the slot.</summary>
internal sealed class FrontDesk(
    Database database, AccountDirectory accounts, PasswordHasher hasher, FailedAttempts attempts, LimitOptions limits, Roles roles,
    AuditLog audit, TimeProvider clock)
{
    private const int MostWaiting = 100;
    private const string Method = "pwd";

    private readonly Turns _turns = new(limits.FailuresPerAccount, MostWaiting);

    /// <summary>One person at the desk: what they said, what they want, and the attempt that was taken for it.</summary>
    private sealed record Visit(Attempt.Taken Attempt, string Email, string Password, string Scope, IStrategy Slot, ClientInfo Client);

    /// <summary>Signs in with an e-mail and a password.</summary>
    /// <param name="email">As it was typed. What is no address is treated like one that nobody has.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="scope">What to narrow the credential to, separated by spaces; empty: nothing.</param>
    /// <param name="slot">The strategy that hands out the credential.</param>
    /// <param name="client">From where.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<SignInOutcome> SignInAsync(
        string email, string password, string scope, IStrategy slot, ClientInfo client, CancellationToken cancellationToken)
    {
        var key = FailedAttempts.KeyOf(EmailAddress.KeyOf(email));
        using var turn = await _turns.TakeAsync(key, cancellationToken);
        if (turn is null) return SignInOutcome.No(Problem.RateLimited, "too many parallel attempts for one address", TimeSpan.FromSeconds(1));

        switch (await attempts.TakeAsync(key, cancellationToken))
        {
            case Attempt.Locked(var retryAfter):
                await audit.AppendAsync(Event(slot, Problem.RateLimited.Code), client, cancellationToken);
                return SignInOutcome.No(Problem.RateLimited, "too many failed attempts for one address", retryAfter);
            case Attempt.Taken taken:
                var visit = new Visit(taken, email, password, scope, slot, client);
                return await attempts.GiveBackUnlessDecidedAsync(taken, () => WeighAsync(visit, cancellationToken));
            default:
                throw new UnreachableException();
        }
    }

    private async Task<SignInOutcome> WeighAsync(Visit visit, CancellationToken cancellationToken)
    {
        await Task.Delay(attempts.DelayOf(visit.Attempt), clock, cancellationToken);
        var found = await accounts.FindForSignInAsync(visit.Email, cancellationToken);

        // An unknown address costs the same hash: time does not tell who has an account.
        switch (await hasher.VerifyAsync(found?.PasswordHash, visit.Password, cancellationToken))
        {
            case PasswordVerdict.Overloaded(var retryAfter):
                await attempts.GiveBackAsync(visit.Attempt, CancellationToken.None);
                return SignInOutcome.No(Problem.Overloaded, "the queue of password checks is full", retryAfter);
            case PasswordVerdict.Mismatch:
                return await RefuseAsync(visit, found?.Account.Id);
            case PasswordVerdict.Match(var needsRehash) when found is not null:
                return await WelcomeAsync(visit, found, needsRehash, cancellationToken);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<SignInOutcome> WelcomeAsync(Visit visit, SignInAccount found, bool needsRehash, CancellationToken cancellationToken)
    {
        var account = found.Account;
        if (account.Status != AccountStatus.Active) return await TurnAwayAsync(visit, Problem.AccountClosed, account.Id, cancellationToken);
        if (!IsHeld(visit.Scope, account)) return await TurnAwayAsync(visit, Problem.InvalidScope, account.Id, cancellationToken);

        var proof = new Proof(Subject.Of(account), visit.Scope, Method, clock.GetUtcNow(), visit.Client);
        var grant = await database.TransactAsync(async transaction =>
        {
            var issued = await visit.Slot.IssueAsync(transaction, proof);
            if (issued is null) return null;
            await FailedAttempts.ForgetAsync(transaction, visit.Attempt);
            await audit.AppendAsync(transaction, Event(visit.Slot, AuditEvent.Success, account.Id, issued.SessionId), visit.Client);
            return issued;
        }, cancellationToken);

        // The account changed between the check and the issue: what was proved is no longer true.
        if (grant is null) return await RefuseAsync(visit, account.Id);
        if (needsRehash) await RehashAsync(found, visit.Password, cancellationToken);
        return new SignInOutcome.SignedIn(account, grant);
    }

    // The password was right: the failures before it are forgotten, whatever else stands in the way.
    private Task<SignInOutcome> TurnAwayAsync(Visit visit, Problem problem, Guid accountId, CancellationToken cancellationToken) =>
        database.TransactAsync(async transaction =>
        {
            await FailedAttempts.ForgetAsync(transaction, visit.Attempt);
            await audit.AppendAsync(transaction, Event(visit.Slot, problem.Code, accountId), visit.Client);
            return SignInOutcome.No(problem, "right password, and still not let in");
        }, cancellationToken);

    // Not cancelled with the request: who hangs up is counted all the same.
    private Task<SignInOutcome> RefuseAsync(Visit visit, Guid? accountId) =>
        database.TransactAsync(async transaction =>
        {
            await FailedAttempts.ConfirmAsync(transaction, visit.Attempt);
            await audit.AppendAsync(transaction, Event(visit.Slot, Problem.InvalidCredentials.Code, accountId), visit.Client);
            return SignInOutcome.No(Problem.InvalidCredentials, "wrong password or unknown address");
        }, CancellationToken.None);

    private async Task RehashAsync(SignInAccount found, string password, CancellationToken cancellationToken)
    {
        if (await hasher.HashAsync(password, cancellationToken) is HashOutcome.Hashed(var hash))
            await accounts.ReplaceHashAsync(found.Account.Id, found.PasswordHash!, hash, cancellationToken);
    }

    private bool IsHeld(string scope, Account account)
    {
        var held = roles.ScopesOf(account.Role);
        return Scopes.Split(scope).All(held.Contains);
    }

    private static AuditEvent Event(IStrategy slot, string outcome, Guid? accountId = null, Guid? sessionId = null) =>
        new(AuditEvents.SignIn, outcome, accountId, sessionId, slot.Name);
}
