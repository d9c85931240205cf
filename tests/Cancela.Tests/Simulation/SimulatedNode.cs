using Cancela.Accounts;
using Cancela.Revocation;
using Cancela.Secrets;
using Cancela.Strategies;
using Cancela.Strategies.RefreshRotation;
using Cancela.Strategies.Sessions;
using Cancela.Tokens;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cancela.Tests.Simulation;

/// <summary>One process: the library's own objects, put together as the library does it, over simulated lines.</summary>
internal sealed class SimulatedNode
{
    private static readonly TimeSpan DropInterval = TimeSpan.FromSeconds(30);

    private readonly World _world;
    private readonly Server _server;
    private readonly Settings _settings;
    private TaskCompletionSource? _bell;
    private long _dropped;

    public SimulatedNode(int number, World world, Server server, SharedMemory memory, Settings settings, Lines lines, TimeSpan offset)
    {
        (Number, _world, _server, _settings, Lines) = (number, world, server, settings, lines);
        Context = new NodeContext(world);
        Clock = new SimulatedClock(world, Context, offset);
        var database = Database = new SimulatedDatabase(world, server, lines.ToDatabase, Clock, settings.Planted, settings.IsDeaf);
        Staleness = new StalenessClock(Clock, settings.Revocation.MaxStaleness);
        Log = new RevocationLog(database, Set, Clock);
        Follower = new RevocationFollower(
            new LogReader(Log, Set, Staleness, settings.Revocation, Clock), Log, Set, new Doorbell(), settings.Revocation, Clock, NullLogger<RevocationFollower>.Instance);
        Revocations = new Revocations(Set, Staleness, Log, settings.Revocation, Clock);
        Keys = new Keys(settings.Ring);

        var copies = settings.Shares ? new SimulatedCopies(world, memory, lines.ToMemory, Clock, settings.Planted) : null;
        var shared = new SharedSessions(new CopyFormat(Settings.Secret), Clock, copies);
        Sessions = new SessionDirectory(database, Log, settings.Lifetimes, settings.Session, Clock, shared);
        Accounts = new AccountDirectory(database, Log, Clock, CredentialLifetimes.Possible);
        var store = new SessionStore(database, Settings.Roles, shared, settings.Session, Clock);
        Cookies = new SessionStrategy(store, Sessions, Revocations, Settings.Roles, settings.Session, Clock);

        var options = new TokenOptions { CacheCapacity = 64 };
        Reader = new TokenReader(options, Keys, Clock);
        var writer = new TokenWriter(options, Keys);
        var tokens = new AccessTokens(writer, Reader, Revocations, Settings.Roles);
        Tokens = new RefreshRotationStrategy(
            tokens, new RefreshTokens(writer, settings.Planted == Planted.ForkingGrace ? OwnSecret() : Settings.Secret), Reader, Revocations, Sessions,
            new Generations(database, Sessions, settings.Refresh), settings.Lifetimes, settings.Session, settings.Refresh, Clock);
    }

    public int Number { get; }
    public Lines Lines { get; }
    public NodeContext Context { get; }
    public SimulatedClock Clock { get; }
    public SimulatedDatabase Database { get; }
    public RevocationSet Set { get; } = new();
    public StalenessClock Staleness { get; }
    public RevocationLog Log { get; }
    public RevocationFollower Follower { get; }
    public Revocations Revocations { get; }
    public Keys Keys { get; }
    public TokenReader Reader { get; }
    public SessionDirectory Sessions { get; }
    public AccountDirectory Accounts { get; }
    public SessionStrategy Cookies { get; }
    public RefreshRotationStrategy Tokens { get; }

    /// <summary>Whether it serves: not before it has loaded the log.</summary>
    public bool IsReady { get; private set; }

    /// <summary>How often it has read the log.</summary>
    public long Reads { get; private set; }

    /// <summary>How many callers it has not answered yet.</summary>
    public int Errands { get; set; }

    public void Start() => Context.Start(FollowAsync);

    /// <summary>A ring of another node's has come.</summary>
    public void Ring()
    {
        if (_settings.Planted == Planted.DoorbellConfirms && IsReady) Staleness.Confirm(Moment.Of(Clock));
        _bell?.TrySetResult();
    }

    // What the follower's own loop does; it waits for a doorbell whose semaphore goes through the thread pool.
    private async Task FollowAsync()
    {
        if (_settings.Planted == Planted.ReadyBeforeLoaded)
        {
            Staleness.Confirm(Moment.Of(Clock));
            IsReady = true;
        }
        while (true)
        {
            var read = await Follower.FollowOnceAsync(CancellationToken.None);
            if (read) Reads++;
            if (read && _settings.Planted == Planted.ConfirmedAtTheEnd) Staleness.Confirm(Moment.Of(Clock));
            if (read && !IsReady)
            {
                IsReady = Follower.IsLoaded;
                _world.Note("ready", Number, more: Set.Count);
            }
            if (read) Drop();
            else _world.Note("could not read the log", Number);
            await WaitAsync();
        }
    }

    private void Drop()
    {
        if (_settings.Planted == Planted.ForgetsEarly) Set.Drop(Clock.GetUtcNow().AddDays(500));
        if (_settings.OnlyCopies && _world.Now - _server.LastLogged > TimeSpan.TicksPerSecond * 3) Set.Drop(Clock.GetUtcNow().AddDays(500));
        if (_world.Now - _dropped < DropInterval.Ticks) return;
        _dropped = _world.Now;
        Set.Drop(Clock.GetUtcNow());
    }

    private async Task WaitAsync()
    {
        _bell = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var interval = Clock.CreateTimer(static bell => ((TaskCompletionSource)bell!).TrySetResult(), _bell, _settings.Revocation.PollInterval, Timeout.InfiniteTimeSpan);
        await _bell.Task;
    }

    private RootSecret OwnSecret()
    {
        var bytes = new byte[32];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)_world.Dice.Next();
        return RootSecret.Parse(System.Buffers.Text.Base64Url.EncodeToString(bytes));
    }
}

/// <summary>A machine's ways to the others: they outlive its processes.</summary>
internal sealed record Lines(Line ToDatabase, Line ToMemory);
