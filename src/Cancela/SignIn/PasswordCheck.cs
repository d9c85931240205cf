using System.Diagnostics;
using Cancela.Accounts;
using Cancela.Credentials.Passwords;
using Cancela.Problems;

namespace Cancela.SignIn;

/// <summary>
/// Checks a password wherever one is asked for: an attempt is taken first, delayed when there were many, and only then
/// looked at. The decision that follows (a credential, a refusal) is made while the attempt is held.
/// </summary>
internal sealed class PasswordCheck(FailedAttempts attempts, PasswordHasher hasher, LimitOptions limits, TimeProvider clock)
{
    private const int MostWaiting = 100;

    private readonly Turns _turns = new(limits.FailuresPerAccount, MostWaiting);

    /// <summary>
    /// Why nobody's password is looked at now; <see langword="null"/>: there is room. Asked before anything else, it spares the database
    /// sign-ins that cannot be checked: more of them than a node can hash are then no work for anybody.
    /// </summary>
    public Refusal? Overload => hasher.IsFullFor is { } retryAfter ? Overloaded(retryAfter) : null;

    /// <param name="email">Whose attempts are counted: as it was typed, an address or not.</param>
    /// <param name="storedHash">What to compare with; <see langword="null"/>, for an unknown address, costs the same hash.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="decide">What follows. When it fails after a right password the attempt is given back, after a wrong one never.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<T> CheckAsync<T>(
        string email, string? storedHash, string password, Func<PasswordCheckOutcome, Task<T>> decide, CancellationToken cancellationToken)
    {
        var key = FailedAttempts.KeyOf(EmailAddress.KeyOf(email));
        using var turn = await _turns.TakeAsync(key, cancellationToken);
        if (turn is null) return await decide(TooMany("too many parallel attempts for one address", TimeSpan.FromSeconds(1)));

        switch (await attempts.TakeAsync(key, cancellationToken))
        {
            case Attempt.Locked(var retryAfter):
                return await decide(TooMany("too many failed attempts for one address", retryAfter));
            case Attempt.Taken taken:
                var outcome = await attempts.GiveBackUnlessDecidedAsync(taken, () => VerifyAsync(taken, storedHash, password, cancellationToken));
                if (outcome is PasswordCheckOutcome.NotChecked) await attempts.GiveBackAsync(taken);
                return outcome is PasswordCheckOutcome.Right
                    ? await attempts.GiveBackUnlessDecidedAsync(taken, () => decide(outcome))
                    : await decide(outcome);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<PasswordCheckOutcome> VerifyAsync(Attempt.Taken attempt, string? storedHash, string password, CancellationToken cancellationToken)
    {
        await Task.Delay(attempts.DelayOf(attempt), clock, cancellationToken);
        switch (await hasher.VerifyAsync(storedHash, password, cancellationToken))
        {
            case PasswordVerdict.Match(var needsRehash): return new PasswordCheckOutcome.Right(attempt, needsRehash);
            case PasswordVerdict.Mismatch: return new PasswordCheckOutcome.Wrong(attempt);
            case PasswordVerdict.Overloaded(var retryAfter):
                return new PasswordCheckOutcome.NotChecked(Overloaded(retryAfter));
            default: throw new UnreachableException();
        }
    }

    private static Refusal Overloaded(TimeSpan retryAfter) => new(Problem.Overloaded, "the queue of password checks is full", RetryAfter: retryAfter);

    private static PasswordCheckOutcome.NotChecked TooMany(string reason, TimeSpan retryAfter) =>
        new(new Refusal(Problem.RateLimited, reason, RetryAfter: retryAfter));
}
