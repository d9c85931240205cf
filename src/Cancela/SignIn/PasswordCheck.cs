using System.Diagnostics;
using Cancela.Accounts;
using Cancela.Credentials.Passwords;
using Cancela.Problems;

namespace Cancela.SignIn;

/// <summary>Checks a password wherever one is asked for. What is found of a right one is whether it has to be hashed anew.</summary>
internal sealed class PasswordCheck(AttemptGuard guard, PasswordHasher hasher)
{
    /// <summary>
    /// Why nobody's password is looked at now; <see langword="null"/>: there is room. Asked before anything else, it spares the database
    /// sign-ins that cannot be checked: more of them than a node can hash are then no work for anybody.
    /// </summary>
    public Refusal? Overload => hasher.IsFullFor is { } retryAfter ? Overloaded(retryAfter) : null;

    /// <param name="email">Whose attempts are counted: as it was typed, an address or not.</param>
    /// <param name="storedHash">What to compare with; <see langword="null"/>, for an unknown address, costs the same hash.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="decide">What follows.</param>
    /// <param name="cancellationToken">The request's.</param>
    public Task<T> CheckAsync<T>(
        string email, string? storedHash, string password, Func<CheckOutcome<bool>, Task<T>> decide, CancellationToken cancellationToken) =>
        guard.CheckAsync(
            FailedAttempts.KeyOf(EmailAddress.KeyOf(email)), attempt => VerifyAsync(attempt, storedHash, password, cancellationToken), decide, cancellationToken);

    private async Task<CheckOutcome<bool>> VerifyAsync(Attempt.Taken attempt, string? storedHash, string password, CancellationToken cancellationToken) =>
        await hasher.VerifyAsync(storedHash, password, cancellationToken) switch
        {
            PasswordVerdict.Match(var needsRehash) => new CheckOutcome<bool>.Right(attempt, needsRehash),
            PasswordVerdict.Mismatch => new CheckOutcome<bool>.Wrong(attempt),
            PasswordVerdict.Overloaded(var retryAfter) => new CheckOutcome<bool>.NotChecked(Overloaded(retryAfter)),
            _ => throw new UnreachableException(),
        };

    private static Refusal Overloaded(TimeSpan retryAfter) => new(Problem.Overloaded, "the queue of password checks is full", RetryAfter: retryAfter);
}
