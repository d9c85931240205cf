using System.Security.Cryptography;
using System.Text;
using Cancela.Sql;

namespace Cancela.SignIn;

/// <summary>
/// Counts failed attempts for each address. The count is taken before the password is checked, by one conditional
/// statement, and given back when the password was right: of any number of parallel guesses exactly as many are checked
/// as the limit allows, on however many nodes.
/// </summary>
internal sealed class FailedAttempts(Database database, LimitOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);

    private int Limit => 2 * options.FailuresPerAccount;

    /// <summary>How addresses are called in the table: whoever reads it learns no address from it that they do not know.</summary>
    public static string KeyOf(string emailKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(emailKey)));

    /// <summary>
    /// Takes an attempt. The time of the last one only rises: a node whose clock runs ahead would else forget what one whose clock
    /// is right has counted, again and again. Where the count is forgotten it is another count: nobody gives back what is in it.
    /// </summary>
    public async Task<Attempt> TakeAsync(string key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var taken = await database.WriteFirstAsync(new(
            """
            INSERT INTO cancela_failed_attempts (key, failures, last_failed_at) VALUES (@key, 1, @now)
            ON CONFLICT (key) DO UPDATE SET
                last_failed_at = CASE WHEN cancela_failed_attempts.last_failed_at > @now THEN cancela_failed_attempts.last_failed_at ELSE @now END,
                resets = CASE WHEN cancela_failed_attempts.last_failed_at <= @forgotten THEN cancela_failed_attempts.resets + 1 ELSE cancela_failed_attempts.resets END,
                failures = CASE WHEN cancela_failed_attempts.last_failed_at <= @forgotten THEN 1 ELSE cancela_failed_attempts.failures + 1 END
            WHERE cancela_failed_attempts.failures < @limit OR cancela_failed_attempts.last_failed_at <= @forgotten
            RETURNING failures, resets
            """,
            ("key", key), ("now", now), ("limit", Limit), ("forgotten", now - options.Lockout)),
            row => new Attempt.Taken(key, row.GetInt32(0), row.GetInt32(1)), cancellationToken);
        return taken is not null ? taken : new Attempt.Locked(await RemainingAsync(key, now, cancellationToken));
    }

    /// <summary>How long to wait before the password is looked at.</summary>
    public TimeSpan DelayOf(Attempt.Taken attempt)
    {
        var over = attempt.Failures - options.FailuresPerAccount;
        return over <= 0 ? TimeSpan.Zero : Step * over < LongestDelay ? Step * over : LongestDelay;
    }

    /// <summary>The password was right: the failures before it are forgotten.</summary>
    public static void Forget(Transaction transaction, Attempt.Taken attempt) => transaction.Later(new(
        "UPDATE cancela_failed_attempts SET failures = 0, resets = resets + 1 WHERE key = @key", ("key", attempt.Key)));

    /// <summary>
    /// Gives the attempt back when the work ends without a decision (the store fails, the caller hangs up): nobody learned
    /// anything from it.
    /// </summary>
    public async Task<T> GiveBackUnlessDecidedAsync<T>(Attempt.Taken attempt, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch
        {
            await GiveBackAsync(attempt);
            throw;
        }
    }

    /// <summary>The attempt was not looked at: it is given back, once. A store that does not answer keeps the count as it is: it errs on the side of fewer guesses.</summary>
    public async Task GiveBackAsync(Attempt.Taken attempt)
    {
        try
        {
            await database.WriteAsync(new(
                "UPDATE cancela_failed_attempts SET failures = failures - 1 WHERE key = @key AND resets = @resets AND failures > 0",
                ("key", attempt.Key), ("resets", attempt.Resets)), CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // It stays counted: the address is slowed down a little early, never late.
        }
    }

    /// <summary>The password was wrong. It is counted already, unless a success in between forgot the count.</summary>
    public static void Confirm(Transaction transaction, Attempt.Taken attempt) => transaction.Later(new(
        "UPDATE cancela_failed_attempts SET failures = failures + 1 WHERE key = @key AND resets <> @resets",
        ("key", attempt.Key), ("resets", attempt.Resets)));

    /// <summary>Deletes what has long been forgotten.</summary>
    public Task SweepAsync(CancellationToken cancellationToken)
    {
        // `last_failed_at` twice: one that failed again meanwhile is not forgotten.
        var statement = new Statement(
            $"""
            DELETE FROM cancela_failed_attempts WHERE last_failed_at < @before AND key IN
                (SELECT key FROM cancela_failed_attempts WHERE last_failed_at < @before LIMIT {Sweep.Batch})
            """,
            ("before", clock.GetUtcNow() - options.Lockout - TimeSpan.FromDays(1)));
        return Sweep.RunAsync(() => database.WriteAsync(statement, cancellationToken));
    }

    private async Task<TimeSpan> RemainingAsync(string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lastFailedAt = await database.ReadFirstAsync(
            new("SELECT last_failed_at FROM cancela_failed_attempts WHERE key = @key", ("key", key)),
            static row => (object)row.GetFieldValue<DateTimeOffset>(0), cancellationToken);
        return lastFailedAt is DateTimeOffset at ? at + options.Lockout - now : options.Lockout;
    }
}
