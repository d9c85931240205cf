using Cancela.Postgres;
using Cancela.Sql;
using Cancela.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Cancela.Tests.Contracts;

/// <summary>A database on the server that all tests of the process share.</summary>
internal sealed class PostgresStore : TestStore
{
    private const string Tables = "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'cancela%' ORDER BY table_name";

    // The schema is applied once: a database that starts as a copy of it has it.
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly PostgresServer _server;
    private readonly string _connection;

    private PostgresStore(string folder, PostgresServer server, string connection) : base(folder)
    {
        _server = server;
        _connection = connection;
    }

    /// <summary>Of the database.</summary>
    public string Name => new NpgsqlConnectionStringBuilder(_connection).Database!;

    /// <summary>Where it is.</summary>
    public string ConnectionString => _connection;

    // A connection each, as an operator has it.
    internal override RawSql Sql => new(() => new NpgsqlConnection(_connection + ";Pooling=false"), Tables);

    // Several hosts run at once, and together they must not ask for more connections than the server has.
    private string ForNodes => _connection + ";Maximum Pool Size=30";

    public static async Task<PostgresStore> MakeAsync(string folder, bool prepared)
    {
        var server = await PostgresServer.Shared;
        return new PostgresStore(folder, server, await server.CreateDatabaseAsync(prepared ? await Template.Value : null));
    }

    public override Database Open(TimeProvider clock) => new PostgresDatabase(ForNodes, clock);

    public override void Choose(CancelaBuilder cancela) => cancela.UsePostgres(ForNodes);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DropDatabaseAsync(_connection);
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var connection = await (await PostgresServer.Shared).CreateDatabaseAsync();
        await using var database = new PostgresDatabase(connection, TimeProvider.System);
        await database.PrepareAsync(CancellationToken.None);
        return new NpgsqlConnectionStringBuilder(connection).Database!;
    }
}
