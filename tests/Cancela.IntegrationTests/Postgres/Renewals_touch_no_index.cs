using Cancela.Tests.Contracts;
using Cancela.Tests.Servers;
using Npgsql;
using Xunit;

namespace Cancela.IntegrationTests.Postgres;

/// <summary>A renewal moves the end of a session's row. Within its hour that is a HOT update: no index of the table is written.</summary>
public sealed class Renewals_touch_no_index : IAsyncLifetime
{
    private PostgresStore? _store;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        _store = await PostgresStore.MakeAsync(Directory.CreateTempSubdirectory("cancela-renewals-").FullName, prepared: true);
        await _store.Sql.RunAsync(
            """
            INSERT INTO cancela_accounts (id, email, email_key, role, created_at, updated_at) VALUES ('00000000-0000-4000-8000-000000000001', 'a', 'a', 'USER', now(), now());
            INSERT INTO cancela_sessions (id, account_id, strategy, authenticated_at, created_at, last_seen_at, expires_at, absolute_expires_at)
            SELECT '00000000-0000-4000-8000-000000000002', id, 'refresh-rotation', now(), now(), now(), '2030-01-01 10:05Z', 'infinity' FROM cancela_accounts
            """);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store is not null) await _store.DisposeAsync();
    }

    [Theory]
    [InlineData("2030-01-01 10:55Z", 1)]
    [InlineData("2030-01-01 11:00Z", 0)]
    public async Task Within_the_hour(string end, long expected)
    {
        var token = TestContext.Current.CancellationToken;
        await using var connection = new NpgsqlConnection($"{_store!.ConnectionString};Pooling=false");
        await connection.OpenAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await using var renewal = new NpgsqlCommand(
            "UPDATE cancela_sessions SET generation = generation + 1, rotated_at = now(), last_seen_at = now(), expires_at = CAST($1 AS timestamptz)", connection);
        renewal.Parameters.Add(new() { Value = end });
        Assert.Equal(1, await renewal.ExecuteNonQueryAsync(token));
        await using var count = new NpgsqlCommand("SELECT pg_stat_get_xact_tuples_hot_updated('cancela_sessions'::regclass)", connection);
        Assert.Equal(expected, await count.ExecuteScalarAsync(token));
    }
}
