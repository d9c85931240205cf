using System.Text;
using Cancela.Tests.Contracts;
using Cancela.Tests.Servers;
using Npgsql;
using Xunit;

namespace Cancela.Tests.Server.Lab;

/// <summary>A short lab on settings that have an account, and what was there before and after it.</summary>
public abstract class LabRun : IAsyncLifetime
{
    /// <summary>Five servers each: two labs at once would only hold each other up.</summary>
    internal const string OneAtATime = "Lab";

    private const string FewSeconds = "5";

    // Half a minute on a machine that does nothing else.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    internal ServerFolder Folder { get; } = new();

    internal Ended Refused { get; private set; } = null!;

    internal Ended Ended { get; private set; } = null!;

    internal string Before { get; private set; } = "";

    internal string After { get; private set; } = "";

    internal string Json => File.ReadAllText(Path.Combine(Folder.Path, "out", "cancela-lab.json"));

    internal string Page => File.ReadAllText(Path.Combine(Folder.Path, "out", "cancela-lab.html"));

    internal abstract string[] Settings { get; }

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        Assert.Equal(0, (await Folder.RunAsync(["users", "add", Person.Ada, "--password-stdin", .. Settings], Person.Password)).Code);
        await LeaveSomethingAsync();
        Before = await LookAsync();
        Refused = await Folder.RunAsync(["lab", "--seconds", FewSeconds, .. Settings]);
        Ended = await Folder.RunAsync(["lab", "--seconds", FewSeconds, "--output", "out", "--json", "--beside-accounts", .. Settings], longest: Longest);
        After = await LookAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        Folder.Dispose();
        await Task.CompletedTask;
        GC.SuppressFinalize(this);
    }

    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>What a killed run would leave, and what only looks like it.</summary>
    protected abstract Task LeaveSomethingAsync();

    /// <summary>Everything of the deployment that a lab must not touch, and everything of a lab that must be gone.</summary>
    protected abstract Task<string> LookAsync();

    internal static async Task<string> RowsAsync(RawSql sql)
    {
        var all = new StringBuilder();
        foreach (var table in await sql.TablesAsync())
            foreach (var row in await sql.ReadAsync($"SELECT * FROM {table} ORDER BY 1, 2")) all.AppendLine($"{table}: {string.Join(' ', row.Values)}");
        return all.ToString();
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteLabRun : LabRun
{
    internal override string[] Settings => [];

    private string Data => Path.Combine(Folder.Path, "data");

    protected override async Task LeaveSomethingAsync()
    {
        Directory.CreateDirectory(Path.Combine(Data, "cancela-lab"));
        await File.WriteAllTextAsync(Path.Combine(Data, "cancela-lab", "jwt.db"), "left by a killed run");
    }

    protected override async Task<string> LookAsync()
    {
        var files = Directory.GetFileSystemEntries(Data, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order();
        // What was left before is what must be gone after.
        return await RowsAsync(Folder.Sql) + string.Join(' ', files.Except(["cancela-lab", "jwt.db"]));
    }
}

/// <summary>On PostgreSQL with Redis beside it.</summary>
public sealed class PostgresLabRun : LabRun
{
    private const string Schemas = "SELECT coalesce(string_agg(nspname, ' ' ORDER BY nspname), '') AS names FROM pg_namespace WHERE nspname LIKE 'cancela%'";

    private PostgresStore? _store;
    private RedisServer? _redis;
    private NpgsqlConnection? _listening;

    internal override string[] Settings => [$"--Cancela:Database=postgres:{_store!.ConnectionString}", $"--Cancela:Redis={_redis!.ConnectionString},channelPrefix=app:"];

    /// <summary>Rings of the doorbell that the deployment's own nodes heard.</summary>
    internal int Rings { get; private set; }

    internal async Task<string> SchemasAsync() => (string)(await _store!.Sql.OneAsync(Schemas))["names"]!;

    internal Task<string> KeysAsync() => _redis!.AskAsync("KEYS", "app:*");

    public override async ValueTask DisposeAsync()
    {
        // A machine without them has none to dispose.
        if (_listening is not null) await _listening.DisposeAsync();
        if (_redis is not null) await _redis.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task PrepareAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        // A folder that is its own: it goes with the store.
        _store = await PostgresStore.MakeAsync(Directory.CreateDirectory(Path.Combine(Folder.Path, "store")).FullName, prepared: true);
        _redis = await RedisServer.StartAsync();
    }

    protected override async Task LeaveSomethingAsync()
    {
        await _store!.Sql.RunAsync("CREATE SCHEMA cancela_lab_jwt; COMMENT ON SCHEMA cancela_lab_jwt IS 'Made by cancela lab, which removes it.'; CREATE TABLE cancela_lab_jwt.left_over (n int)");
        await _store.Sql.RunAsync("CREATE SCHEMA cancela_laboratory");
        await _redis!.AskAsync("SET", "app:cancela:session:of-somebody", "stays");
        _listening = new NpgsqlConnection(_store.ConnectionString + ";Pooling=false");
        await _listening.OpenAsync();
        _listening.Notification += (_, _) => Rings++;
        await using var listen = new NpgsqlCommand("LISTEN cancela_revocations", _listening);
        await listen.ExecuteNonQueryAsync();
    }

    protected override async Task<string> LookAsync()
    {
        // What came while nobody looked comes with the next answer.
        await using var question = new NpgsqlCommand("SELECT 1", _listening);
        await question.ExecuteNonQueryAsync();
        return await RowsAsync(_store!.Sql);
    }
}
