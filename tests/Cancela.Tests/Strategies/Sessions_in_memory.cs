using Cancela.Accounts;
using Cancela.Caching;
using Cancela.Strategies;
using Cancela.Strategies.Sessions;
using Xunit;

namespace Cancela.Tests.Strategies;

/// <summary>What a node remembers of sessions has a bound in bytes: a session has to weigh what it says.</summary>
public sealed class Sessions_in_memory
{
    private const int Sessions = 5_000;
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Theory]
    [InlineData(0)]
    [InlineData(120)]
    [InlineData(480)]
    public void A_session_weighs_what_remembering_it_takes(int userAgent)
    {
        var cache = new BoundedCache<Digest, LiveSession>(100_000, new(long.MaxValue, static session => session.Bytes));
        // The dictionary and the queue grow to their size first.
        for (var n = 0; n < 2 * Sessions; n++) cache.Set(Hash(n), Session(n, userAgent));
        for (var n = 0; n < 2 * Sessions; n++) cache.Remove(Hash(n));
        Assert.Equal(0, cache.Bytes);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < Sessions; n++) cache.Set(Hash(n), Session(n, userAgent));
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange((double)cache.Bytes / taken, 0.9, 1.1);
    }

    private static Digest Hash(int n) => new((ulong)n * 0x9E3779B97F4A7C15, 1, 2, 3);

    // Each with texts of its own, as a row of the database has them.
    private static LiveSession Session(int n, int userAgent)
    {
        var row = new SessionRow(
            new(n, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]), new(n, 2, 2, [3, 4, 5, 6, 7, 8, 9, 10]), Text("session"), Text("account"), Text("pwd"), Now, Now, Now, Now, Now,
            Text("2001:db8::1"), userAgent == 0 ? null : new('u', userAgent));
        var account = new Account(row.AccountId, Text("ada@example.com"), EmailVerified: true, Text("Ada Lovelace"), Text("USER"), AccountStatus.Active, 1, Now);
        var caller = new Caller(account.Id, row.Id, row.Strategy, account.Email, account.Role, Text("account"), row.Methods, Now, Now, account, row.Scope);
        return new(row, account, caller, ReadAt: 1);
    }

    private static string Text(string text) => new(text.AsSpan());
}
