using Npgsql;

namespace Cancela.Tests.Servers;

/// <summary>A PostgreSQL cluster to throw away. Everybody who reaches it is its superuser.</summary>
internal sealed class PostgresServer : LoopbackServer
{
    /// <summary>Why a test is skipped.</summary>
    public const string Missing = "PostgreSQL is not here: on Debian or Ubuntu, apt-get install postgresql.";

    private static readonly string? Binaries = FindPrograms();
    private static readonly Lazy<Task<PostgresServer>> OfThisProcess = new(static () => SharedAsync(StartAsync()));

    private readonly bool _fsync;
    private readonly NpgsqlDataSource _operator;
    private int _databases;

    private PostgresServer(string folder, bool fsync) : base(folder, "database system is ready to accept connections")
    {
        _fsync = fsync;
        _operator = NpgsqlDataSource.Create(ConnectionString("postgres") + ";Maximum Pool Size=4");
    }

    public static bool IsInstalled { get; } = Binaries is not null && Unprivileged.IsPossible;

    /// <summary>One for the whole process, started by the first who asks and gone at the process' end. Nobody pauses or kills it.</summary>
    public static Task<PostgresServer> Shared => OfThisProcess.Value;

    protected override IEnumerable<string> Command => Unprivileged.Command([$"{Binaries}/postgres", "-D", Data, .. Settings.SelectMany(setting => new[] { "-c", setting })]);

    // Faster than by the log, which is how version 15 and later do it.
    private static string Copied => Version(Binaries!) >= 15 ? " STRATEGY file_copy" : "";

    private string Data => Path.Combine(Folder, "data");

    private IEnumerable<string> Settings =>
    [
        "listen_addresses=127.0.0.1", $"port={Port}", "unix_socket_directories=", "max_connections=200", "shared_buffers=64MB",
        $"fsync={(_fsync ? "on" : "off")}", $"full_page_writes={(_fsync ? "on" : "off")}", "wal_level=replica", "max_wal_senders=0", "restore_command=false",
        "logging_collector=off", "log_min_error_statement=panic",
    ];

    /// <param name="fsync">What is acknowledged survives a crash of the server either way; with it, also one of the machine.</param>
    public static async Task<PostgresServer> StartAsync(bool fsync = false)
    {
        var server = new PostgresServer(await Unprivileged.FolderAsync("cancela-postgres-"), fsync);
        await Programs.RunAsync([.. Unprivileged.Command(
            [$"{Binaries}/initdb", "--no-sync", "-E", "UTF8", "--locale=C", "-U", "postgres", "-A", "trust", "--no-instructions", "-D", server.Data])]);
        return await StartedAsync(server);
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}";

    /// <summary>A new database.</summary>
    /// <param name="template">The name of a database that nobody is connected to and that it starts as; an empty one if null.</param>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var command = _operator.CreateCommand($"CREATE DATABASE {name} TEMPLATE {template ?? "template0"}{Copied}");
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Removes a database, and throws out whoever is connected to it.</summary>
    public async Task DropDatabaseAsync(string connectionString)
    {
        await using var command = _operator.CreateCommand($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Throws out who is connected: PostgreSQL calls it fast.</summary>
    public override Task StopAsync() => Process.StopAsync(Processes.Interrupt);

    /// <summary>Lets those who are connected finish; nobody new comes in.</summary>
    public Task StopWhenAloneAsync() => Process.StopAsync(Processes.Terminate);

    /// <summary>Stops, recovers, and goes on in a new timeline, as a replica does that is promoted.</summary>
    public async Task PromoteAsync()
    {
        await StopAsync();
        await Programs.RunAsync([.. Unprivileged.Command(["touch", Path.Combine(Data, "recovery.signal")])]);
        await StartAgainAsync();
    }

    /// <summary>Goes on as a replica whose primary is gone: it answers, and is not written to.</summary>
    public async Task StandByAsync()
    {
        await StopAsync();
        await Programs.RunAsync([.. Unprivileged.Command(["touch", Path.Combine(Data, "standby.signal")])]);
        await StartAgainAsync("database system is ready to accept read-only connections");
    }

    public override async ValueTask DisposeAsync()
    {
        await _operator.DisposeAsync();
        await base.DisposeAsync();
    }

    // The newest version that is installed: Debian keeps each in a folder of its own.
    private static string? FindPrograms()
    {
        if (!OperatingSystem.IsLinux()) return null;
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian).Select(folder => Path.Combine(folder, "bin")) : [];
        return versions.Where(folder => File.Exists(Path.Combine(folder, "initdb"))).OrderByDescending(Version).FirstOrDefault()
            ?? Path.GetDirectoryName(Programs.Find("initdb"));
    }

    private static double Version(string folder) => double.TryParse(Path.GetFileName(Path.GetDirectoryName(folder)), out var version) ? version : 0;
}
