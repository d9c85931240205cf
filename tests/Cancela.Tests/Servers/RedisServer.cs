namespace Cancela.Tests.Servers;

/// <summary>A Redis without persistence: what is killed comes back empty.</summary>
internal sealed class RedisServer : LoopbackServer
{
    /// <summary>Why a test is skipped.</summary>
    public const string Missing = "Redis is not here: on Debian or Ubuntu, apt-get install redis-server.";

    private static readonly string? Program = Programs.Find("redis-server");
    private static readonly Lazy<Task<RedisServer>> OfThisProcess = new(static () => SharedAsync(StartAsync()));

    private readonly string? _password;
    private readonly string[] _settings;

    private RedisServer(string? password, string[] settings)
        : base(Directory.CreateTempSubdirectory("cancela-redis-").FullName, "Ready to accept connections")
    {
        _password = password;
        _settings = settings;
    }

    public static bool IsInstalled => Program is not null;

    /// <summary>One for the whole process, started by the first who asks and gone at the process' end. Nobody pauses, kills or empties it.</summary>
    public static Task<RedisServer> Shared => OfThisProcess.Value;

    public string ConnectionString => $"127.0.0.1:{Port}" + (_password is null ? "" : $",password={_password}");

    protected override IEnumerable<string> Command =>
    [
        Program!, "--bind", "127.0.0.1", "--port", $"{Port}", "--save", "", "--appendonly", "no", "--dir", Folder,
        .. _password is null ? [] : new[] { "--requirepass", _password }, .. _settings,
    ];

    /// <param name="password">What clients have to say first; nothing if null.</param>
    /// <param name="settings">More of its options, as the command line takes them.</param>
    public static Task<RedisServer> StartAsync(string? password = null, params string[] settings) => StartedAsync(new RedisServer(password, settings));

    /// <summary>Empties it.</summary>
    public Task FlushAsync() => AskAsync("FLUSHALL");

    /// <summary>One command on a connection of its own. An answer of several parts comes as lines.</summary>
    public async Task<string> AskAsync(params string[] command)
    {
        await using var connection = await RedisConnection.OpenAsync(Port);
        if (_password is not null) await connection.AskAsync("AUTH", _password);
        return await connection.AskAsync(command);
    }

    /// <summary>Returns when its log has held the text.</summary>
    public Task SaysAsync(string text) => Process.SaysAsync(text);
}
