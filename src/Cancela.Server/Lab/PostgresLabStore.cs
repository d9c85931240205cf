using Cancela.Postgres;
using Npgsql;

namespace Cancela.Server.Lab;

/// <summary>A schema for each profile in the deployment's database. A node's statements name no schema: the connection's search path does.</summary>
internal sealed class PostgresLabStore(string connectionString) : LabStore
{
    private const string SchemaPrefix = "cancela_lab_";
    private const string Mark = "Made by cancela lab, which removes it.";

    // The number above the schema runner's: any would do that nobody else takes.
    private const string Lock = "pg_try_advisory_lock(27973149436243042)";

    private const string Denied = "42501";

    private NpgsqlConnection? _connection;
    private string _version = "";

    public override string Database => "PostgreSQL";

    public override string DatabaseVersion => _version;

    public override bool HasSeveralNodes => true;

    protected override string Identity => $"{Settings.Host}:{Settings.Port}/{Settings.Database}";

    private NpgsqlConnectionStringBuilder Settings => PostgresConnections.SettingsOf(connectionString);

    public override async Task<bool> HasAccountsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await AskAsync<bool>(connection, "SELECT to_regclass('cancela_accounts') IS NOT NULL", cancellationToken)
            && await AskAsync<bool>(connection, "SELECT EXISTS (SELECT FROM cancela_accounts)", cancellationToken);
    }

    protected override async Task MakeAsync(IReadOnlyList<string> profiles, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken);
        _version = await AskAsync<string>(connection, "SELECT split_part(current_setting('server_version'), ' ', 1)", cancellationToken);
        if (!await AskAsync<bool>(connection, $"SELECT {Lock}", cancellationToken))
        {
            await connection.DisposeAsync();
            throw new InvalidOperationException(InUse);
        }
        // Held until the end, and with it the lock: whatever schema there is now is a killed run's.
        _connection = connection;
        await DropAsync(connection, cancellationToken);
        try
        {
            foreach (var profile in profiles)
                await RunAsync(connection, $"CREATE SCHEMA {SchemaOf(profile)}; COMMENT ON SCHEMA {SchemaOf(profile)} IS '{Mark}'", cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == Denied)
        {
            throw new InvalidOperationException("The lab makes schemas of its own in the database, and its role may not: GRANT CREATE ON DATABASE … TO …, for as long as it runs.", exception);
        }
    }

    // A few connections for each node: the deployment's own nodes need theirs.
    protected override string AddressOf(string profile) =>
        "postgres:" + new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = SchemaOf(profile), MaxPoolSize = 8 }.ConnectionString;

    protected override async Task RemoveAsync()
    {
        if (_connection is null) return;
        await using (_connection)
        {
            try
            {
                await DropAsync(_connection, CancellationToken.None);
                return;
            }
            catch (NpgsqlException)
            {
                // The server was started again meanwhile, perhaps: once more, on a new connection.
            }
        }
        await using var another = await OpenAsync(CancellationToken.None);
        await DropAsync(another, CancellationToken.None);
    }

    // By name and by mark: a schema that is called so and that somebody else made stays, and CREATE says that it is there.
    private static async Task DropAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var profile in CancelaProfiles.Names)
        {
            var schema = SchemaOf(profile);
            var comment = $"SELECT coalesce((SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = '{schema}'), '')";
            if (await AskAsync<string>(connection, comment, cancellationToken) == Mark) await RunAsync(connection, $"DROP SCHEMA {schema} CASCADE", cancellationToken);
        }
    }

    private static string SchemaOf(string profile) => SchemaPrefix + profile.Replace('-', '_');

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connections = new PostgresConnections(Settings);
            await connections.LookAsync(cancellationToken);
            // It keeps neither the lock nor the search path, and without that the servers under test would find the deployment's tables.
            if (connections.Pooled) throw new InvalidOperationException("A connection pooler stands before PostgreSQL: give the lab the address behind it, with --Cancela:Database=postgres:Host=….");
            return await connections.OpenOwnAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw new InvalidOperationException("PostgreSQL does not answer, or lets nobody in.", exception);
        }
    }

#pragma warning disable CA2100 // Constants, and the names of the profiles in them.
    private static async Task<T> AskAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
#pragma warning restore CA2100
}
