using System.Diagnostics;
using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Credentials.Passwords;
using Cancela.Problems;
using Cancela.Sql;
using Cancela.Strategies;
using Cancela.Strategies.Sessions;

namespace Cancela.SignIn;

/// <summary>What people change about themselves once they are in: some of it asks for the password again.</summary>
internal sealed class SelfService(
    Database database, AccountDirectory accounts, SessionDirectory sessions, SessionStore remembered, PasswordHasher hasher,
    PasswordCheck check, AuditLog audit, TimeProvider clock)
{
    /// <summary>How recent a sign-in must be to stand for the password.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    public bool IsFresh(Caller caller) => clock.GetUtcNow() - caller.AuthenticatedAt <= Fresh;

    /// <summary>
    /// Checks the present password of somebody who is signed in. Wrong ones count like those at sign-in: a stolen cookie is
    /// no oracle for guessing. <see langword="null"/>: it is right.
    /// </summary>
    public Task<Refusal?> ConfirmAsync(SignInAccount found, string password, ClientInfo client, CancellationToken cancellationToken) =>
        check.CheckAsync(found.Account.Email, found.PasswordHash, password, outcome => outcome switch
        {
            CheckOutcome<bool>.Right(var attempt, _) => ForgetAsync(attempt, cancellationToken),
            CheckOutcome<bool>.Wrong(var attempt) => RefuseAsync(found, attempt, client),
            CheckOutcome<bool>.NotChecked(var refusal) => Task.FromResult<Refusal?>(refusal),
            _ => throw new UnreachableException(),
        }, cancellationToken);

    /// <summary>Hashes a new password and changes what else there is to change, all at once; where the password changes, every other sign-in ends.</summary>
    public async Task<SelfChange> ChangeAsync(
        SignInAccount found, AccountChange change, string? newPassword, Caller caller, ClientInfo client, CancellationToken cancellationToken)
    {
        if (newPassword is not null)
        {
            switch (await hasher.HashAsync(newPassword, cancellationToken))
            {
                case HashOutcome.Hashed(var hash): change = change with { Password = new PasswordChange(hash, found.PasswordHash) }; break;
                case HashOutcome.Overloaded(var retryAfter): return new SelfChange.Overloaded(retryAfter);
            }
        }
        var update = await database.TransactAsync(async transaction =>
        {
            var done = await accounts.UpdateAsync(transaction, caller.AccountId, change);
            if (done is not AccountUpdate.Updated) return done;
            if (newPassword is not null) await sessions.EndOthersAsync(transaction, caller.AccountId, caller.SessionId);
            if (newPassword is not null) audit.Append(transaction, Event(AuditEvents.PasswordChanged), client);
            if (change with { Password = null } != new AccountChange()) audit.Append(transaction, Event(AuditEvents.AccountChanged), client);
            return done;
        }, cancellationToken);
        await remembered.ForgetAsync(caller.AccountId, cancellationToken);
        return new SelfChange.Done(update);

        AuditEvent Event(string name) => new(name, AuditEvent.Success, caller.AccountId, caller.SessionId);
    }

    private Task<Refusal?> ForgetAsync(Attempt.Taken attempt, CancellationToken cancellationToken) =>
        database.TransactAsync(transaction =>
        {
            FailedAttempts.Forget(transaction, attempt);
            return Task.FromResult<Refusal?>(null);
        }, cancellationToken);

    // Not cancelled with the request: who hangs up is counted all the same.
    private Task<Refusal?> RefuseAsync(SignInAccount found, Attempt.Taken attempt, ClientInfo client) =>
        database.TransactAsync(transaction =>
        {
            FailedAttempts.Confirm(transaction, attempt);
            audit.Append(transaction, new(AuditEvents.PasswordConfirmation, Problem.InvalidCredentials.Code, found.Account.Id), client);
            return Task.FromResult<Refusal?>(new Refusal(Problem.InvalidCredentials, "the present password is wrong"));
        }, CancellationToken.None);
}
