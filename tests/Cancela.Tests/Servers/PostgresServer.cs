using Npgsql;

namespace Cancela.Tests.Servers;

/// <summary>A PostgreSQL cluster to throw away, on a free port of loopback. Everybody who reaches it is its superuser.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Why a test is skipped.</summary>
    public const string Missing = "PostgreSQL is not here: on Debian or Ubuntu, apt-get install postgresql.";

    private const string Ready = "database system is ready to accept connections";

    private static readonly string? Programs = FindPrograms();
    private static readonly Lazy<Task<PostgresServer>> OfThisProcess = new(StartSharedAsync);

    private readonly bool _fsync;
    private GuardedProcess _process = null!;
    private NpgsqlDataSource _operator = null!;
    private int _databases;

    private PostgresServer(string folder, bool fsync)
    {
        Folder = folder;
        _fsync = fsync;
    }

    public static bool IsInstalled { get; } = Programs is not null && Unprivileged.IsPossible;

    /// <summary>One for the whole process, started by the first who asks and gone at the process' end. Nobody pauses or kills it.</summary>
    public static Task<PostgresServer> Shared => OfThisProcess.Value;

    public int Port { get; } = LoopbackPort.Free();

    /// <summary>Of the postmaster.</summary>
    public int Pid => _process.Pid;

    /// <summary>Of the cluster: gone with it.</summary>
    public string Folder { get; }

    /// <summary>The last lines of its log.</summary>
    public string Output => _process.Output;

    /// <param name="fsync">What is acknowledged survives a crash of the server either way; with it, also one of the machine.</param>
    public static async Task<PostgresServer> StartAsync(bool fsync = false)
    {
        var server = new PostgresServer(await Unprivileged.FolderAsync("cancela-postgres-"), fsync);
        try
        {
            await Servers.Programs.RunAsync([.. Unprivileged.Command(
                [$"{Programs}/initdb", "--no-sync", "-E", "UTF8", "--locale=C", "-U", "postgres", "-A", "trust", "--no-instructions", "-D", server.Data])]);
            await server.RunAsync();
            server._operator = NpgsqlDataSource.Create(server.ConnectionString("postgres") + ";Max Auto Prepare=0;Maximum Pool Size=4");
            return server;
        }
        catch
        {
            Directory.Delete(server.Folder, recursive: true);
            throw;
        }
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}";

    /// <summary>A new database.</summary>
    /// <param name="template">The name of a database that nobody is connected to and that it starts as; an empty one if null.</param>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var command = _operator.CreateCommand($"CREATE DATABASE {name} TEMPLATE {template ?? "template0"}");
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Removes a database, and throws out whoever is connected to it.</summary>
    public async Task DropDatabaseAsync(string connectionString)
    {
        await using var command = _operator.CreateCommand($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>SIGSTOP to the postmaster and all its children: connections stay, nothing answers.</summary>
    public void Pause() => _process.Pause();

    public void Resume() => _process.Resume();

    /// <summary>SIGKILL to the postmaster and all its children.</summary>
    public void Kill() => _process.Kill();

    /// <summary>After a kill or a stop: on the same port, with the same data.</summary>
    public async Task StartAgainAsync()
    {
        await _process.Gone.WaitAsync(GuardedProcess.Patience);
        await RunAsync();
    }

    /// <summary>Stops it as an operator would.</summary>
    /// <param name="fast">Throws out who is connected; otherwise waits for them.</param>
    public Task StopAsync(bool fast = true) => _process.StopAsync(fast ? Processes.Interrupt : Processes.Terminate);

    public async ValueTask DisposeAsync()
    {
        await _operator.DisposeAsync();
        Remove();
    }

    private static async Task<PostgresServer> StartSharedAsync()
    {
        var server = await StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Remove();
        return server;
    }

    // The newest version that is installed: Debian keeps each in a folder of its own.
    private static string? FindPrograms()
    {
        if (!OperatingSystem.IsLinux()) return null;
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian).Select(folder => Path.Combine(folder, "bin")) : [];
        return versions.Where(folder => File.Exists(Path.Combine(folder, "initdb"))).OrderByDescending(Version).FirstOrDefault()
            ?? Path.GetDirectoryName(Servers.Programs.Find("initdb"));
    }

    private static double Version(string folder) => double.TryParse(Path.GetFileName(Path.GetDirectoryName(folder)), out var version) ? version : 0;

    private string Data => Path.Combine(Folder, "data");

    private async Task RunAsync()
    {
        string[] settings =
        [
            "listen_addresses=127.0.0.1", $"port={Port}", "unix_socket_directories=", "max_connections=200", "shared_buffers=64MB",
            $"fsync={(_fsync ? "on" : "off")}", $"full_page_writes={(_fsync ? "on" : "off")}", "wal_level=minimal", "max_wal_senders=0",
            "logging_collector=off", "log_min_error_statement=panic",
        ];
        string[] command = [$"{Programs}/postgres", "-D", Data, .. settings.SelectMany(setting => new[] { "-c", setting })];
        _process = await GuardedProcess.StartAsync(Folder, Unprivileged.Command(command), Ready);
    }

    private void Remove()
    {
        _process.Dispose();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
