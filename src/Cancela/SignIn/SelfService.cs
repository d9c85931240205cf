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
    FailedAttempts attempts, AuditLog audit, TimeProvider clock)
{
    /// <summary>How recent a sign-in must be to stand for the password.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    public bool IsFresh(Caller caller) => clock.GetUtcNow() - caller.AuthenticatedAt <= Fresh;

    /// <summary>
    /// Checks the present password of somebody who is signed in. Wrong ones count like those at sign-in: a stolen cookie is
    /// no oracle for guessing. <see langword="null"/>: it is right.
    /// </summary>
    public async Task<Refusal?> ConfirmAsync(SignInAccount found, string password, ClientInfo client, CancellationToken cancellationToken)
    {
        var key = FailedAttempts.KeyOf(EmailAddress.KeyOf(found.Account.Email));
        switch (await attempts.TakeAsync(key, cancellationToken))
        {
            case Attempt.Locked(var retryAfter):
                return new Refusal(Problem.RateLimited, "too many failed attempts for one address", RetryAfter: retryAfter);
            case Attempt.Taken taken:
                return await attempts.GiveBackUnlessDecidedAsync(taken, () => WeighAsync(taken, found, password, client, cancellationToken));
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Hashes a new password and changes what else there is to change, all at once; where the password changes, every other sign-in ends.</summary>
    public async Task<SelfChange> ChangeAsync(
        SignInAccount found, AccountChange change, string? newPassword, Caller caller, ClientInfo client, CancellationToken cancellationToken)
    {
        if (newPassword is not null)
        {
            if (await hasher.HashAsync(newPassword, cancellationToken) is not HashOutcome.Hashed(var hash)) return new SelfChange.Overloaded();
            change = change with { Password = new PasswordChange(hash, found.PasswordHash) };
        }
        var update = await database.TransactAsync(async transaction =>
        {
            var done = await accounts.UpdateAsync(transaction, caller.AccountId, change);
            if (done is not AccountUpdate.Updated) return done;
            if (newPassword is not null) await sessions.EndOthersAsync(transaction, caller.AccountId, caller.SessionId);
            var name = newPassword is null ? AuditEvents.AccountChanged : AuditEvents.PasswordChanged;
            await audit.AppendAsync(transaction, new(name, AuditEvent.Success, caller.AccountId, caller.SessionId), client);
            return done;
        }, cancellationToken);
        remembered.Forget(caller.AccountId);
        return new SelfChange.Done(update);
    }

    private async Task<Refusal?> WeighAsync(
        Attempt.Taken attempt, SignInAccount found, string password, ClientInfo client, CancellationToken cancellationToken)
    {
        await Task.Delay(attempts.DelayOf(attempt), clock, cancellationToken);
        switch (await hasher.VerifyAsync(found.PasswordHash, password, cancellationToken))
        {
            case PasswordVerdict.Match:
                await database.TransactAsync(async transaction =>
                {
                    await FailedAttempts.ForgetAsync(transaction, attempt);
                    return true;
                }, cancellationToken);
                return null;
            case PasswordVerdict.Overloaded(var retryAfter):
                await attempts.GiveBackAsync(attempt, CancellationToken.None);
                return new Refusal(Problem.Overloaded, "the queue of password checks is full", RetryAfter: retryAfter);
            default:
                await database.TransactAsync(async transaction =>
                {
                    await FailedAttempts.ConfirmAsync(transaction, attempt);
                    await audit.AppendAsync(
                        transaction, new(AuditEvents.PasswordChanged, Problem.InvalidCredentials.Code, found.Account.Id), client);
                    return true;
                }, CancellationToken.None);
                return new Refusal(Problem.InvalidCredentials, "the present password is wrong");
        }
    }
}
