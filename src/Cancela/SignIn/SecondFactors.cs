using Cancela.Accounts;
using Cancela.Credentials.RecoveryCodes;
using Cancela.Credentials.Totp;
using Cancela.Sql;

namespace Cancela.SignIn;

/// <summary>The second factors of accounts, whichever kind they are.</summary>
internal sealed class SecondFactors(TotpSecrets totp, RecoveryCodeSet recoveryCodes, AttemptGuard guard)
{
    private const string Totp = "totp";
    private const string Recovery = "recovery_code";

    // In capitals, which no address has as it is compared: nobody counts here by typing this as theirs.
    private const string KeyPrefix = "SECOND FACTOR ";

    /// <summary>Checks what is shown, within the limits of guessing: those of a password are counted by themselves.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="proof">What is shown.</param>
    /// <param name="enrolling">Of the secret that waits for its first code, and of nothing else.</param>
    /// <param name="decide">What follows.</param>
    /// <param name="cancellationToken">The request's.</param>
    public Task<T> CheckAsync<T>(
        Guid accountId, SecondFactorProof proof, bool enrolling, Func<CheckOutcome<SecondFactorMatch>, Task<T>> decide, CancellationToken cancellationToken) =>
        guard.CheckAsync(
            FailedAttempts.KeyOf($"{KeyPrefix}{accountId}"),
            async attempt => await FindAsync(accountId, proof, enrolling, cancellationToken) is { } match
                ? new CheckOutcome<SecondFactorMatch>.Right(attempt, match)
                : new CheckOutcome<SecondFactorMatch>.Wrong(attempt),
            decide, cancellationToken);

    /// <summary>Takes all of them away. False: there was none.</summary>
    public static async Task<bool> RemoveAsync(Transaction transaction, Guid accountId)
    {
        await RecoveryCodeSet.RemoveAsync(transaction, accountId);
        return await TotpSecrets.RemoveAsync(transaction, accountId);
    }

    /// <summary>Makes a set of recovery codes; the one before, if there was one, counts no more. They are told once.</summary>
    public Task<IReadOnlyList<string>> MakeRecoveryCodesAsync(Transaction transaction, Guid accountId) => recoveryCodes.ReplaceAsync(transaction, accountId);

    private async Task<SecondFactorMatch?> FindAsync(Guid accountId, SecondFactorProof proof, bool enrolling, CancellationToken cancellationToken)
    {
        switch (proof)
        {
            case SecondFactorProof.Code(var typed):
                var match = await totp.MatchAsync(accountId, typed, enrolling, cancellationToken);
                return match is null ? null : new(Totp, "otp " + SecondFactorPolicy.Method, transaction => totp.SpendAsync(transaction, match));
            case SecondFactorProof.RecoveryCode(var typed) when !enrolling:
                var hash = RecoveryCode.Hash(typed);
                return hash is null || !await recoveryCodes.HasAsync(accountId, hash, cancellationToken) ? null : new(Recovery, SecondFactorPolicy.Method, transaction => RecoveryCodeSet.SpendAsync(transaction, accountId, hash));
            default:
                return null;
        }
    }
}
