namespace Cancela.Tests.Servers;

/// <summary>PgBouncer before a PostgreSQL, in transaction mode: what a connection remembers is another's after each transaction.</summary>
internal sealed class PgBouncerServer : LoopbackServer
{
    /// <summary>Why a test is skipped.</summary>
    public const string Missing = "PgBouncer is not here: on Debian or Ubuntu, apt-get install pgbouncer.";

    private static readonly string? Program = Programs.Find("pgbouncer");

    private PgBouncerServer(string folder) : base(folder, "process up:")
    {
    }

    public static bool IsInstalled { get; } = Program is not null && Unprivileged.IsPossible;

    protected override IEnumerable<string> Command => Unprivileged.Command([Program!, Settings]);

    private string Settings => Path.Combine(Folder, "pgbouncer.ini");

    /// <param name="port">Of the PostgreSQL behind it.</param>
    /// <param name="poolSize">Connections to each database: with few of them, clients take turns.</param>
    public static async Task<PgBouncerServer> StartAsync(int port, int poolSize = 5)
    {
        var server = new PgBouncerServer(await Unprivileged.FolderAsync("cancela-pgbouncer-"));
        await File.WriteAllTextAsync(server.Settings,
            $"""
            [databases]
            * = host=127.0.0.1 port={port} user=postgres

            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {server.Port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = {poolSize}
            max_client_conn = 200
            """);
        return await StartedAsync(server);
    }

    /// <param name="database">Of the PostgreSQL behind it.</param>
    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}";
}
