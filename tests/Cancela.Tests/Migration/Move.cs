using Cancela.Postgres;
using Cancela.Server.Migration;
using Cancela.Sqlite;
using Cancela.Tests.Servers;
using Npgsql;
using Xunit;

namespace Cancela.Tests.Migration;

/// <summary>A SQLite file with a deployment in it, and an empty PostgreSQL database.</summary>
internal sealed class Move : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cancela-move-").FullName;
    private readonly PostgresServer _server;

    private Move(PostgresServer server, string target)
    {
        _server = server;
        Target = target;
    }

    public string File => Path.Combine(_folder, "cancela.db");

    public RawSql Source => new(File);

    /// <summary>Its connection string.</summary>
    public string Target { get; }

    public static async Task<Move> PrepareAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var server = await PostgresServer.Shared;
        var move = new Move(server, await server.CreateDatabaseAsync());
        await using var database = new SqliteDatabase(move.File, TimeProvider.System);
        await database.PrepareAsync(CancellationToken.None);
        return move;
    }

    public async Task<List<TableCount>> RunAsync(bool ahead = false, Func<string, long, Task>? progress = null, CancellationToken cancellationToken = default)
    {
        await using var database = new PostgresDatabase(Target, TimeProvider.System);
        return await new Migrator(File, database, TimeProvider.System, progress ?? ((_, _) => Task.CompletedTask)).RunAsync(ahead, cancellationToken);
    }

    /// <summary>Fails unless every table of the copy has the source's rows, each with every value, and no others.</summary>
    public async Task IsWholeAsync()
    {
        foreach (var table in await Source.TablesAsync())
        {
            if (table == "cancela_schema") continue;
            var (there, here) = (await Rows.OfAsync(Source, table), await Rows.OfAsync(Target, table));
            Assert.Equal(there.Order(StringComparer.Ordinal), here.Order(StringComparer.Ordinal));
        }
    }

    public async Task<int> RunOnTargetAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Target + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DropDatabaseAsync(Target);
        Directory.Delete(_folder, recursive: true);
    }
}
