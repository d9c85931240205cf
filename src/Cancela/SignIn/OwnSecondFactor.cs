using System.Diagnostics;
using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Credentials.Totp;
using Cancela.Problems;
using Cancela.Sql;
using Cancela.Strategies;
using Cancela.Strategies.Sessions;

namespace Cancela.SignIn;

/// <summary>
/// What people do about their own second factor once they are in. Each change raises the account's version and ends every other sign-in: what
/// was handed out for a password alone, or is being handed out at this moment, counts no more.
/// </summary>
internal sealed class OwnSecondFactor(
    Database database, AccountDirectory accounts, SessionDirectory sessions, SessionStore remembered, TotpSecrets totp,
    SecondFactors factors, SecondFactorPolicy policy, FailedAttempts attempts, AuditLog audit)
{
    /// <summary>Makes a secret that waits for its first code; one in use goes on until then.</summary>
    public Task<TotpEnrolment> BeginAsync(Caller caller, CancellationToken cancellationToken) =>
        totp.BeginAsync(caller.AccountId, caller.Email, cancellationToken);

    /// <summary>Puts the secret to use with its first code. The first factor comes with recovery codes.</summary>
    public Task<FactorChange> ConfirmAsync(Caller caller, string code, ClientInfo client, CancellationToken cancellationToken) =>
        factors.CheckAsync(caller.AccountId, new SecondFactorProof.Code(code), enrolling: true, outcome => outcome switch
        {
            CheckOutcome<SecondFactorMatch>.Right(var attempt, var match) => EnableAsync(caller, attempt, match, client, cancellationToken),
            CheckOutcome<SecondFactorMatch>.Wrong(var attempt) => RefuseAsync(caller, attempt, client),
            CheckOutcome<SecondFactorMatch>.NotChecked(var refusal) => Task.FromResult<FactorChange>(new FactorChange.Refused(refusal)),
            _ => throw new UnreachableException(),
        }, cancellationToken);

    /// <summary>Takes the second factor away, with its recovery codes. Not of somebody who must have one.</summary>
    public async Task<FactorChange> RemoveAsync(Caller caller, ClientInfo client, CancellationToken cancellationToken)
    {
        if (policy.IsRequiredOf(caller.Role)) return FactorChange.No(Problem.Conflict, "the role needs a second factor");
        return await ChangeAsync(caller, AuditEvents.SecondFactorRemoved, "totp", client, async transaction =>
            await SecondFactors.RemoveAsync(transaction, caller.AccountId) ? new FactorChange.Done([]) : FactorChange.No(Problem.Conflict, "there is none"), cancellationToken);
    }

    /// <summary>Makes a new set of recovery codes; the old one counts no more.</summary>
    public Task<FactorChange> ReplaceRecoveryCodesAsync(Caller caller, ClientInfo client, CancellationToken cancellationToken) =>
        database.TransactAsync(async transaction =>
        {
            if (!await StillCountsAsync(transaction, caller)) return GiveUp(transaction, Gone());
            if (!await TotpSecrets.IsInUseAsync(transaction, caller.AccountId)) return GiveUp(transaction, FactorChange.No(Problem.Conflict, "there is no second factor"));
            audit.Append(transaction, new(AuditEvents.RecoveryCodesReplaced, AuditEvent.Success, caller.AccountId, caller.SessionId), client);
            return new FactorChange.Done(await factors.MakeRecoveryCodesAsync(transaction, caller.AccountId));
        }, cancellationToken);

    private async Task<FactorChange> EnableAsync(Caller caller, Attempt.Taken attempt, SecondFactorMatch match, ClientInfo client, CancellationToken cancellationToken)
    {
        var change = await ChangeAsync(caller, AuditEvents.SecondFactorEnabled, match.Factor, client, async transaction =>
        {
            // Those of a factor that goes on are on paper already. Any others are nobody's to keep.
            var had = await TotpSecrets.IsInUseAsync(transaction, caller.AccountId);
            if (!await match.SpendAsync(transaction)) return FactorChange.No(Problem.SecondFactorInvalid, "another secret was begun meanwhile, or this one is in use already");
            FailedAttempts.Forget(transaction, attempt);
            return new FactorChange.Done(had ? [] : await factors.MakeRecoveryCodesAsync(transaction, caller.AccountId));
        }, cancellationToken);
        // The code was right.
        if (change is FactorChange.Refused) await attempts.GiveBackAsync(attempt);
        return change;
    }

    private async Task<FactorChange> ChangeAsync(
        Caller caller, string name, string factor, ClientInfo client, Func<Transaction, Task<FactorChange>> work, CancellationToken cancellationToken)
    {
        var change = await database.TransactAsync(async transaction =>
        {
            // The account's row first, which every sign-in takes: whoever is signing in for less has done so before, and is ended, or comes too late.
            if (!await StillCountsAsync(transaction, caller)) return GiveUp(transaction, Gone());
            var done = await work(transaction);
            if (done is FactorChange.Refused) return GiveUp(transaction, done);
            await accounts.MoveOnAsync(transaction, caller.AccountId);
            await sessions.EndOthersAsync(transaction, caller.AccountId, caller.SessionId);
            audit.Append(transaction, new(name, AuditEvent.Success, caller.AccountId, caller.SessionId, factor), client);
            return done;
        }, cancellationToken);
        await remembered.ForgetAsync(caller.AccountId, cancellationToken);
        return change;
    }

    // The gate let the caller pass when the request began, and its body may have come minutes later: what was revoked meanwhile changes nothing any more.
    private static async Task<bool> StillCountsAsync(Transaction transaction, Caller caller) =>
        await AccountDirectory.HoldAsync(transaction, caller.AccountId, caller.Version) is not null && !await SessionDirectory.IsEndedAsync(transaction, caller.SessionId);

    private static FactorChange Gone() => FactorChange.No(Problem.SessionInvalid, "the session ended, or the account moved on, while the request was under way");

    private static FactorChange GiveUp(Transaction transaction, FactorChange refused)
    {
        transaction.GiveUp();
        return refused;
    }

    // Not cancelled with the request: who hangs up is counted all the same.
    private Task<FactorChange> RefuseAsync(Caller caller, Attempt.Taken attempt, ClientInfo client) =>
        database.TransactAsync(transaction =>
        {
            FailedAttempts.Confirm(transaction, attempt);
            audit.Append(transaction, new(AuditEvents.SecondFactorConfirmation, Problem.SecondFactorInvalid.Code, caller.AccountId, caller.SessionId), client);
            return Task.FromResult(FactorChange.No(Problem.SecondFactorInvalid, "a wrong code, or no secret waits for one"));
        }, CancellationToken.None);
}
