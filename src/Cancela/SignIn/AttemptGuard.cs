using System.Diagnostics;
using Cancela.Problems;

namespace Cancela.SignIn;

/// <summary>
/// Stands before every proof that can be guessed: an attempt is taken first, delayed when there were many, and only then looked at. The
/// decision that follows (a credential, a refusal) is made while the attempt is held.
/// </summary>
internal sealed class AttemptGuard(FailedAttempts attempts, LimitOptions limits, TimeProvider clock)
{
    private const int MostWaiting = 100;

    private readonly Turns _turns = new(limits.FailuresPerAccount, MostWaiting);

    /// <param name="key">Whose attempts are counted (<see cref="FailedAttempts.KeyOf"/>).</param>
    /// <param name="check">Looks at the proof.</param>
    /// <param name="decide">What follows. When it fails after a right proof the attempt is given back, after a wrong one never.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<T> CheckAsync<TFound, T>(
        string key, Func<Attempt.Taken, Task<CheckOutcome<TFound>>> check, Func<CheckOutcome<TFound>, Task<T>> decide, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(key, cancellationToken);
        if (turn is null) return await decide(TooMany<TFound>("too many parallel attempts", TimeSpan.FromSeconds(1)));

        switch (await attempts.TakeAsync(key, cancellationToken))
        {
            case Attempt.Locked(var retryAfter):
                return await decide(TooMany<TFound>("too many failed attempts", retryAfter));
            case Attempt.Taken taken:
                var outcome = await attempts.GiveBackUnlessDecidedAsync(taken, async () =>
                {
                    await Task.Delay(attempts.DelayOf(taken), clock, cancellationToken);
                    return await check(taken);
                });
                if (outcome is CheckOutcome<TFound>.NotChecked) await attempts.GiveBackAsync(taken);
                return outcome is CheckOutcome<TFound>.Right
                    ? await attempts.GiveBackUnlessDecidedAsync(taken, () => decide(outcome))
                    : await decide(outcome);
            default:
                throw new UnreachableException();
        }
    }

    private static CheckOutcome<TFound>.NotChecked TooMany<TFound>(string reason, TimeSpan retryAfter) =>
        new(new Refusal(Problem.RateLimited, reason, RetryAfter: retryAfter));
}
