using System.Security.Cryptography;
using Cancela.Accounts;
using Cancela.Bench.Pipeline;
using Cancela.Caching;
using Cancela.Sql;
using Cancela.Strategies;
using Cancela.Strategies.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Bench.Micro;

/// <summary>The sessions that a node remembers: what one takes of the heap, and how long one is looked for among as many as it remembers by default.</summary>
internal static class SessionFigures
{
    private const int Sessions = 100_000;
    private const int AtOnce = 5_000;
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    public static async Task<BenchRow[]> MeasureAsync()
    {
        await using var host = await GateHost.StartAsync("session", $"--Cancela:Session:CacheEntries={2 * Sessions}", "--Cancela:Session:CacheLifetime=01:00:00");
        var hashes = await OpenAsync(host.Services);
        var store = host.Services.GetRequiredService<SessionStore>();
        await store.ReadAsync(hashes[0], CancellationToken.None);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var hash in hashes)
            if (await store.ReadAsync(hash, CancellationToken.None) is null) throw new InvalidOperationException("A session was not found.");
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Sessions;

        SessionBenchmarks.Store = store;
        SessionBenchmarks.Hashes = hashes;
        SessionBenchmarks.Strategy = host.Services.GetRequiredService<Slots>().Browser;
        SessionBenchmarks.Credential = host.Credential.Value.Split('=')[1];
        await SessionBenchmarks.Strategy.AskAsync(SessionBenchmarks.Credential, CancellationToken.None);
        var figures = MicroRun.Of<SessionBenchmarks>();
        return
        [
            BenchRow.Reported($"memory of a remembered session, of {Sessions:N0}", $"{bytes:N0} B"),
            figures[nameof(SessionBenchmarks.AnyByHash)].Row($"any of {Sessions:N0}, by the hash of its ID", bytes: 0),
            figures[nameof(SessionBenchmarks.SeenBefore)].Row("a session seen before on another connection, judged"),
            figures[nameof(SessionBenchmarks.SeenOnConnection)].Row("a session seen before on the same connection, judged", bytes: 0),
        ];
    }

    // Rows as sign-ins leave them, without their passwords: reading them makes all that a node remembers.
    private static async Task<Digest[]> OpenAsync(IServiceProvider services)
    {
        var (database, directory) = (services.GetRequiredService<Database>(), services.GetRequiredService<AccountDirectory>());
        var account = (await directory.FindForSignInAsync("ada@example.com", CancellationToken.None))!.Account;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var secrets = Enumerable.Range(0, Sessions).Select(static _ => RandomNumberGenerator.GetBytes(32)).ToList();
        foreach (var some in secrets.Chunk(AtOnce))
        {
            await database.TransactAsync(
                transaction =>
                {
                    foreach (var hash in some) transaction.Later(Row(hash));
                    return Task.FromResult(true);
                },
                CancellationToken.None);
        }
        return [.. secrets.Select(static hash => Digest.From(hash))];

        Statement Row(byte[] hash) => new(
            """
            INSERT INTO cancela_sessions (id, account_id, strategy, secret_hash, authenticated_at, created_at, last_seen_at, expires_at, absolute_expires_at, ip_address, user_agent)
            VALUES (@id, @account, 'session', @hash, @now, @now, @now, @expires, @absolute, '203.0.113.7', @agent)
            """,
            ("id", Guid.CreateVersion7(now)), ("account", account.Id), ("hash", hash), ("now", now), ("expires", now.AddDays(7)), ("absolute", now.AddDays(30)), ("agent", Browser));
    }
}
