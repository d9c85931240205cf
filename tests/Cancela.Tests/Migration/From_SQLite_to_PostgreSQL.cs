using System.Diagnostics;
using Cancela.Postgres;
using Cancela.Sql;
using Cancela.Sqlite;
using Xunit;

namespace Cancela.Tests.Migration;

/// <summary>Everything arrives as it was, whatever comes in between; and no server starts where something is missing.</summary>
public sealed class From_SQLite_to_PostgreSQL
{
    // More than two pages.
    private const int People = 2_345;

    [Fact]
    public async Task Every_row_arrives_with_every_value()
    {
        await using var move = await Move.PrepareAsync();
        await Town.SettleAsync(move.File, People);
        var started = Stopwatch.GetTimestamp();

        var counts = await move.RunAsync();

        var rows = counts.Sum(static count => count.Read);
        Console.WriteLine($"migrate: {rows} rows in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        // Six of everybody, three of every third, and three keys.
        Assert.Equal((6 * People) + (3 * ((People + 2) / 3)) + 3, rows);
        Assert.Equal(rows, counts.Sum(static count => count.Written));
        await move.IsWholeAsync();
        Assert.Null(await GateOfTargetAsync(move));
    }

    [Fact]
    public async Task What_changed_since_is_caught_up_and_the_triggers_of_the_copy_say_nothing()
    {
        await using var move = await Move.PrepareAsync();
        await Town.SettleAsync(move.File, People);
        await move.RunAsync(ahead: true);
        await move.IsWholeAsync();

        // Two exchange their addresses, by way of a third; a new account takes that of a deleted one.
        await Change("UPDATE cancela_accounts SET email_key = 'x', updated_at = '2026-05-01 00:00:00+00:00' WHERE email_key = 'person5@example.com'");
        await Change("UPDATE cancela_accounts SET email_key = 'person5@example.com' WHERE email_key = 'person2000@example.com'");
        await Change("UPDATE cancela_accounts SET email_key = 'person2000@example.com' WHERE email_key = 'x'");
        await Change($"DELETE FROM cancela_accounts WHERE id = '{Town.Account(2_100)}'");
        await Change("INSERT INTO cancela_accounts (id, email, email_key, role, created_at, updated_at) VALUES ('00000000-0000-7000-8000-00000000000a', 'p', 'person2100@example.com', 'USER', '2026-05-01', '2026-05-01')");
        await Change($"UPDATE cancela_accounts SET role = 'ADMIN' WHERE id = '{Town.Account(7)}'");
        await Change($"UPDATE cancela_accounts SET status = 'closed' WHERE id = '{Town.Account(8)}'");
        await Change($"DELETE FROM cancela_sessions WHERE id = '{Town.Session(77)}'");
        await Change($"UPDATE cancela_sessions SET generation = 9, rotated_at = '2026-05-01 10:00:00.1234567+00:00' WHERE id = '{Town.Session(79)}'");
        // What ran out is swept, and is no revocation.
        await Change($"UPDATE cancela_sessions SET expires_at = created_at WHERE id = '{Town.Session(4_000)}'");
        await Change($"DELETE FROM cancela_sessions WHERE id = '{Town.Session(4_000)}'");
        await Change("DELETE FROM cancela_keys WHERE kid = '_zz'");
        await Change("UPDATE cancela_keys SET retired_at = '2026-05-01' WHERE kid = 'aB-c_1'");
        await Change("UPDATE cancela_failed_attempts SET failures = 20");
        await Change("INSERT INTO cancela_audit (at, node, event, outcome) VALUES ('2026-05-01', 'here', 'sign_out', 'success')");

        var counts = await move.RunAsync();

        await move.IsWholeAsync();
        Assert.Equal(4, counts.Single(static count => count.Table == "cancela_revocations").Written);
        Assert.Equal(5, counts.Single(static count => count.Table == "cancela_accounts").Written);
        Assert.Equal(1, counts.Single(static count => count.Table == "cancela_audit").Written);

        Task<int> Change(string sql) => move.Source.RunAsync("PRAGMA foreign_keys = ON; " + sql);
    }

    [Theory]
    [InlineData("cancela_revocations")]
    [InlineData("cancela_accounts")]
    [InlineData("cancela_sessions")]
    [InlineData("cancela_audit")]
    public async Task An_interrupted_run_is_completed_by_the_next_and_nothing_starts_in_between(string table)
    {
        await using var move = await Move.PrepareAsync();
        await Town.SettleAsync(move.File, People);
        using var interruption = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => move.RunAsync(
            progress: (name, rows) => name == table && rows > 1_000 ? interruption.CancelAsync() : Task.CompletedTask, cancellationToken: interruption.Token));

        Assert.Equal(DatabaseGate.Copy, await GateOfTargetAsync(move));
        await using (var target = new PostgresDatabase(move.Target, TimeProvider.System))
        {
            await target.PrepareAsync(CancellationToken.None);
            var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => DatabaseGate.PassAsync(target, CancellationToken.None));
            Assert.Contains("not finished", refusal.Message, StringComparison.Ordinal);
        }
        await move.RunAsync();
        await move.IsWholeAsync();
    }

    [Fact]
    public async Task A_run_that_hung_while_another_finished_writes_nothing_more()
    {
        await using var move = await Move.PrepareAsync();
        await Town.SettleAsync(move.File, People);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => move.RunAsync(ahead: true, progress: async (table, rows) =>
        {
            if (table != "cancela_accounts" || rows > 1_000) return;
            await move.Source.RunAsync($"UPDATE cancela_accounts SET status = 'closed' WHERE id = '{Town.Account(2_001)}'");
            await move.RunAsync(ahead: true);
        }));

        Assert.Contains("taken over", refusal.Message, StringComparison.Ordinal);
        await move.IsWholeAsync();
    }

    [Fact]
    public async Task A_target_with_accounts_is_refused_and_the_source_serves_on()
    {
        await using var move = await Move.PrepareAsync();
        await Town.SettleAsync(move.File, 3);
        await using (var target = new PostgresDatabase(move.Target, TimeProvider.System)) await target.PrepareAsync(CancellationToken.None);
        await move.RunOnTargetAsync("INSERT INTO cancela_accounts (id, email, email_key, role, created_at, updated_at) VALUES (gen_random_uuid(), 'x@y.z', 'x@y.z', 'USER', now(), now())");

        foreach (var ahead in new[] { true, false })
        {
            var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => move.RunAsync(ahead));
            Assert.Equal("The target has accounts: it must be empty, or the unfinished copy of an earlier run.", refusal.Message);
        }

        Assert.Single(await Rows.OfAsync(move.Target, "cancela_accounts"));
        await using var source = new SqliteDatabase(move.File, TimeProvider.System);
        await DatabaseGate.PassAsync(source, CancellationToken.None);
    }

    [Fact]
    public async Task Nobody_starts_on_the_source_afterwards_and_it_is_not_copied_a_second_time()
    {
        await using var move = await Move.PrepareAsync();
        await using var other = await Move.PrepareAsync();
        await Town.SettleAsync(move.File, 3);
        await move.RunAsync();

        await using (var source = new SqliteDatabase(move.File, TimeProvider.System))
        {
            await source.PrepareAsync(CancellationToken.None);
            Assert.Contains("was moved", (await Assert.ThrowsAsync<InvalidOperationException>(() => DatabaseGate.PassAsync(source, CancellationToken.None))).Message, StringComparison.Ordinal);
        }
        await Assert.ThrowsAsync<InvalidOperationException>(() => move.RunAsync());
        await using var target = new PostgresDatabase(other.Target, TimeProvider.System);
        Assert.Contains("moved before", (await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new Cancela.Server.Migration.Migrator(move.File, target, TimeProvider.System, (_, _) => Task.CompletedTask).RunAsync(ahead: true, CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    // The last step of all failed: the source is retired, the copy not yet open.
    [Fact]
    public async Task A_run_that_ended_between_the_two_databases_is_completed_too()
    {
        await using var move = await Move.PrepareAsync();
        await Town.SettleAsync(move.File, 3);
        await move.RunAsync(ahead: true);
        await move.Source.RunAsync("INSERT INTO cancela_schema (version, name, applied_at) VALUES (2147483647, 'moved', '2026-05-01')");

        await move.RunAsync();

        Assert.Null(await GateOfTargetAsync(move));
        await move.IsWholeAsync();
    }

    [Fact]
    public async Task A_source_that_somebody_has_open_is_not_retired()
    {
        await using var move = await Move.PrepareAsync();
        await Town.SettleAsync(move.File, 3);
        await using (var server = new SqliteDatabase(move.File, TimeProvider.System))
        {
            await server.PrepareAsync(CancellationToken.None);
            await DatabaseGate.PassAsync(server, CancellationToken.None);
            Assert.Contains("in use", (await Assert.ThrowsAsync<InvalidOperationException>(() => move.RunAsync())).Message, StringComparison.Ordinal);
            await DatabaseGate.PassAsync(server, CancellationToken.None);
            await move.RunAsync(ahead: true);
        }
        await move.RunAsync();
        await move.IsWholeAsync();
    }

    private static async Task<string?> GateOfTargetAsync(Move move)
    {
        await using var target = new PostgresDatabase(move.Target, TimeProvider.System);
        return await target.ReadFirstAsync(DatabaseGate.Read, static row => row.GetString(0), CancellationToken.None);
    }
}
