using Npgsql;

namespace Cancela.Postgres;

/// <summary>The pool of connections, once it is known what stands at the other end: PostgreSQL itself, or a pooler before it.</summary>
internal sealed class PostgresConnections(NpgsqlConnectionStringBuilder settings) : IAsyncDisposable
{
    // What a connection string does not say. A request waits for a stalled database no longer than this; the poll's own
    // bound is shorter. Nothing is set on a session that would have to be reset, so it is not (a pooler would not do it).
    private const string Defaults =
        "Application Name=cancela;Timeout=5;Command Timeout=5;Cancellation Timeout=500;Keepalive=10;"
        + "Max Auto Prepare=100;Auto Prepare Min Usages=2;No Reset On Close=true;Include Error Detail=false;";

    private readonly Lock _making = new();
    private NpgsqlDataSource? _source;

    /// <summary>
    /// Whether a pooler stands in between (PgBouncer, for one). It hands each transaction to another server process: what
    /// was prepared is not there next time, and nobody hears <c>NOTIFY</c>.
    /// </summary>
    public bool Pooled { get; private set; }

    /// <summary>The pool.</summary>
    public NpgsqlDataSource Source
    {
        get
        {
            lock (_making) return _source ??= Make();
        }
    }

    /// <summary>What to connect with.</summary>
    /// <exception cref="ArgumentException">It cannot be read, or names no host or database. The message repeats nothing of it.</exception>
    public static NpgsqlConnectionStringBuilder SettingsOf(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        NpgsqlConnectionStringBuilder settings;
        try
        {
            // Whichever comes last wins: what was said beats what was not.
            settings = new NpgsqlConnectionStringBuilder(Defaults + connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException)
        {
            // The driver's sentence may repeat the password.
            throw new ArgumentException("The connection string is not one of Npgsql: Host=db;Database=app;Username=app;Password=…", nameof(connectionString));
        }
        if (string.IsNullOrEmpty(settings.Host) || string.IsNullOrEmpty(settings.Database))
            throw new ArgumentException("The connection string names no Host or no Database: Host=db;Database=app;Username=app;Password=…", nameof(connectionString));
        return settings;
    }

    /// <summary>
    /// Finds out what stands at the other end. A pooler makes up the number of the server process when it greets a client:
    /// it is not the one that answers.
    /// </summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        var pooled = (int)(await command.ExecuteScalarAsync(cancellationToken))! != connection.ProcessID;
        if (pooled == Pooled) return;
        Pooled = pooled;
        NpgsqlDataSource? old;
        lock (_making) (old, _source) = (_source, null);
        if (old is not null) await old.DisposeAsync();
    }

    /// <summary>A connection of its own, outside the pool: for what nobody else may use after it.</summary>
    public async Task<NpgsqlConnection> OpenOwnAsync(CancellationToken cancellationToken)
    {
        var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false };
        if (HasSeveralHosts) own.TargetSessionAttributes = "primary";
        var connection = new NpgsqlConnection(own.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null) await _source.DisposeAsync();
    }

    // Of several hosts the primary is chosen, whichever it is now.
    private bool HasSeveralHosts => settings.Host!.Contains(',', StringComparison.Ordinal);

    private NpgsqlDataSource Make()
    {
        var chosen = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { TargetSessionAttributes = null };
        if (Pooled) chosen.MaxAutoPrepare = 0;
        var builder = new NpgsqlDataSourceBuilder(chosen.ConnectionString);
        return HasSeveralHosts ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary) : builder.Build();
    }
}
