using System.Diagnostics;
using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Credentials.Totp;
using Cancela.Problems;
using Cancela.Sql;
using Cancela.Strategies;

namespace Cancela.SignIn;

/// <summary>Where a sign-in goes on whose password was right: nothing is handed out before its second factor was shown.</summary>
internal sealed class SecondFactorDesk(
    Database database, AccountDirectory accounts, SessionDirectory sessions, OneTimeTokens oneTimeTokens, SecondFactors factors, TotpSecrets totp, FailedAttempts attempts,
    SecondFactorPolicy policy, AuditLog audit, SignInMetrics metrics, TimeProvider clock)
{
    /// <summary>A sign-in at the desk: how far it is, who it is, and from where they come.</summary>
    private sealed record Visit(string Token, SignInChallenge Challenge, Account Account, IStrategy Slot, ClientInfo Client);

    /// <summary>Whether the password alone does not sign in.</summary>
    public bool IsNeeded(SignInAccount found) => found.HasSecondFactor || policy.IsRequiredOf(found.Account.Role);

    /// <summary>Hands out the challenge that a sign-in goes on with. Whoever has no second factor yet enrols one first.</summary>
    public SignInOutcome Challenge(Transaction transaction, SignInAccount found, string scope, string methods)
    {
        var account = found.Account;
        var challenge = new SignInChallenge(account.Version, scope, methods, Enrolling: !found.HasSecondFactor);
        var token = oneTimeTokens.Issue(transaction, OneTimePurpose.SecondFactor, account.Id, challenge.Write(), SignInChallenge.Lifetime);
        return new SignInOutcome.SecondFactorNeeded(token, SignInChallenge.Lifetime, challenge.Enrolling);
    }

    /// <summary>Begins to enrol, for somebody who has none and needs one. <see langword="null"/>: the challenge is not theirs to enrol with, or counts no more.</summary>
    public async Task<TotpEnrolment?> EnrolAsync(string challenge, CancellationToken cancellationToken) =>
        await FindAsync(challenge, cancellationToken) is ({ Enrolling: true }, { Account: var account })
            ? await totp.BeginAsync(account.Id, account.Email, cancellationToken)
            : null;

    /// <summary>Goes on with a sign-in: checks the second factor and, when it is good, exchanges both for a credential of the slot.</summary>
    public Task<SignInOutcome> PassAsync(string challenge, SecondFactorProof proof, IStrategy slot, ClientInfo client, CancellationToken cancellationToken) =>
        metrics.CountAsync(slot, TryAsync(challenge, proof, slot, client, cancellationToken));

    private async Task<SignInOutcome> TryAsync(
        string token, SecondFactorProof proof, IStrategy slot, ClientInfo client, CancellationToken cancellationToken)
    {
        if (await FindAsync(token, cancellationToken) is not var (challenge, found)) return Dead();
        var visit = new Visit(token, challenge, found.Account, slot, client);
        return await factors.CheckAsync(found.Account.Id, proof, challenge.Enrolling, DecideAsync, cancellationToken);

        Task<SignInOutcome> DecideAsync(CheckOutcome<SecondFactorMatch> outcome) => outcome switch
        {
            CheckOutcome<SecondFactorMatch>.Right(var attempt, var match) => WelcomeAsync(visit, attempt, match, cancellationToken),
            CheckOutcome<SecondFactorMatch>.Wrong(var attempt) => RefuseAsync(visit, attempt),
            CheckOutcome<SecondFactorMatch>.NotChecked(var refusal) => SendAwayAsync(visit, refusal, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<(SignInChallenge Challenge, SignInAccount Found)?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (await oneTimeTokens.FindAsync(OneTimePurpose.SecondFactor, token, cancellationToken) is not { } stored) return null;
        var challenge = SignInChallenge.Read(stored.Data);
        var found = await accounts.FindForSignInAsync(stored.AccountId, cancellationToken);
        // What was proved was proved of the account as it was.
        return found is not null && found.Account.Version == challenge.Version && found.HasSecondFactor != challenge.Enrolling ? (challenge, found) : null;
    }

    // What became of the three things that count once: the challenge, the code, and the account's version.
    private enum Spent
    {
        All,
        CodeBefore,
        ChallengeBefore,
    }

    private async Task<SignInOutcome> WelcomeAsync(Visit visit, Attempt.Taken attempt, SecondFactorMatch match, CancellationToken cancellationToken)
    {
        var sessionId = AccessTokens.NewId();
        var (challenge, account) = (visit.Challenge, visit.Account);
        var (spent, grant, codes) = await database.TransactAsync(async transaction =>
        {
            if (await AccountDirectory.HoldAsync(transaction, account.Id, challenge.Version) is not { } held) return GiveUp(transaction, Spent.ChallengeBefore);
            if (!await oneTimeTokens.UseAsync(transaction, OneTimePurpose.SecondFactor, visit.Token)) return GiveUp(transaction, Spent.ChallengeBefore);
            if (!await match.SpendAsync(transaction)) return GiveUp(transaction, Spent.CodeBefore);
            FailedAttempts.Forget(transaction, attempt);
            var made = challenge.Enrolling ? await EnableAsync(transaction, visit, sessionId, match) : (held, null);
            audit.Append(transaction, Event(visit, AuditEvent.Success, sessionId), visit.Client);
            var proof = new Proof(Subject.Of(made.Account), challenge.Scope, $"{challenge.Methods} {match.Methods}", clock.GetUtcNow(), visit.Client);
            var issued = await visit.Slot.IssueAsync(transaction, proof, sessionId);
            return issued is null ? GiveUp(transaction, Spent.ChallengeBefore) : (Spent.All, issued, made.RecoveryCodes);
        }, cancellationToken);
        if (spent == Spent.CodeBefore) return await RefuseAsync(visit, attempt);
        if (spent == Spent.All) return new SignInOutcome.SignedIn(account, grant!, codes);
        // The code was right, and nobody learned more from it than that.
        await attempts.GiveBackAsync(attempt);
        return Dead();
    }

    // What was begun or handed out before, for the password alone, counts no more: another challenge of the same account, to begin with.
    private async Task<(Account Account, IReadOnlyList<string>? RecoveryCodes)> EnableAsync(Transaction transaction, Visit visit, Guid sessionId, SecondFactorMatch match)
    {
        var id = visit.Account.Id;
        var raised = await accounts.MoveOnAsync(transaction, id);
        await sessions.EndOthersAsync(transaction, id, except: null);
        audit.Append(transaction, new(AuditEvents.SecondFactorEnabled, AuditEvent.Success, id, sessionId, match.Factor), visit.Client);
        return (raised!, await factors.MakeRecoveryCodesAsync(transaction, id));
    }

    private static (Spent, Grant?, IReadOnlyList<string>?) GiveUp(Transaction transaction, Spent spent)
    {
        transaction.GiveUp();
        return (spent, null, null);
    }

    // Not cancelled with the request: who hangs up is counted all the same.
    private Task<SignInOutcome> RefuseAsync(Visit visit, Attempt.Taken attempt) =>
        database.TransactAsync(transaction =>
        {
            FailedAttempts.Confirm(transaction, attempt);
            audit.Append(transaction, Event(visit, Problem.SecondFactorInvalid.Code), visit.Client);
            return Task.FromResult(SignInOutcome.No(Problem.SecondFactorInvalid, "a wrong code, or one that was used before"));
        }, CancellationToken.None);

    private async Task<SignInOutcome> SendAwayAsync(Visit visit, Refusal refusal, CancellationToken cancellationToken)
    {
        await audit.AppendAsync(Event(visit, refusal.Problem.Code), visit.Client, cancellationToken);
        return new SignInOutcome.Refused(refusal);
    }

    private static SignInOutcome Dead() => SignInOutcome.No(Problem.ChallengeInvalid, "no such challenge, or it was used, or the account moved on");

    private static AuditEvent Event(Visit visit, string outcome, Guid? sessionId = null) =>
        new(AuditEvents.SignIn, outcome, visit.Account.Id, sessionId, visit.Slot.Name);
}
