using System.Globalization;
using System.Security.Cryptography;

namespace Cancela.Server.Lab;

/// <summary>What is asked of one strategy, part by part, and what came of it. The parts of all strategies take turns.</summary>
/// <param name="profile">Its profile.</param>
/// <param name="node">A server that runs it.</param>
/// <param name="redis">Whether Redis stands beside its database.</param>
/// <param name="plan">How long each part takes.</param>
internal sealed class StrategyTrial(string profile, LabNode node, bool redis, LabPlan plan) : IAsyncDisposable
{
    public const int Connections = 16;

    private const int SignInConnections = 8;
    private const int Tries = 9;
    private const int RequestsOfATry = 100;
    private const int SessionsAtOnce = 50;
    private const int AccountsOfMemory = 100;
    private const int PauseMicroseconds = 300;
    private const int QuietMethods = 3;
    private const string Session = "session";

    private static readonly TimeSpan WarmUpSlice = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly byte[] Open = LabAccount.Get(LabEndpoints.Open);
    private static readonly byte[] Counts = LabAccount.Get(LabEndpoints.Counts);

    private readonly LabAccount _visitor = new(0, profile is Session or "jwt-cookie");
    private readonly List<Turn> _turns = [];

    private LabConnection _connection = node.Connect();
    private RoundTripFigures? _roundTrips;
    private WireFigures? _wire;
    private PlainForm? _plain;
    private double _memory;
    private DelayFigures? _delay;

    private sealed record Half(double PerSecond, double Microseconds, long[] Nanoseconds);

    private sealed record Turn(Half Anonymous, Half Authenticated, double SignIns, double? Refreshes);

    public string Profile => profile;

    /// <summary>A part begins. Between two of them a server may have closed a connection that nobody used.</summary>
    public void Begin()
    {
        _connection.Dispose();
        _connection = node.Connect();
    }

    /// <summary>Until nothing is compiled any more: what is asked often is compiled again, better, and that takes a core meanwhile.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        for (var number = 0; number <= SignInConnections; number++) _connection.Expect(201, (_visitor with { Number = number }).Register);
        var signIn = _connection.Expect(200, _visitor.SignIn);
        _wire = new(_visitor.CredentialIn(signIn).Length + "\r\n".Length, signIn.Length);
        _plain = profile == Session ? new(0, 1) : new(_visitor.LifeIn(signIn), 0);
        await WarmUpAsync(node, SignIn(), cancellationToken);
    }

    public void CountRoundTrips()
    {
        var signIn = Fewest(Tries, () => _connection.Expect(200, _visitor.SignIn));
        var closed = LabAccount.Get(LabEndpoints.Closed, SignIn());
        _connection.Expect(200, closed);
        var request = Fewest(Tries, () =>
        {
            for (var i = 0; i < RequestsOfATry; i++) _connection.Expect(200, closed);
        });
        var credentials = new Queue<string>(Enumerable.Range(0, Tries).Select(_ => SignIn()));
        // A session that the node has not seen yet is read by whatever comes first.
        foreach (var credential in credentials) _connection.Expect(200, LabAccount.Get(LabEndpoints.Closed, credential));
        var signOut = Fewest(Tries, () => _connection.Expect(204, LabAccount.SignOut(credentials.Dequeue())));
        var refresh = LabAccount.RefreshTokenIn(_connection.Expect(200, _visitor.SignIn));
        var renewal = refresh is null ? null : Fewest(Tries, () => refresh = LabAccount.RefreshTokenIn(_connection.Expect(200, LabAccount.Refresh(refresh!))) ?? refresh);
        _roundTrips = new(signIn, new(request.Statements / RequestsOfATry, request.Redis / RequestsOfATry), renewal, signOut);
    }

    /// <param name="authenticatedFirst">What comes second meets a machine that is warmer: the turns take it in turns, too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task TakeTurnAsync(bool authenticatedFirst, CancellationToken cancellationToken)
    {
        var closed = LabAccount.Get(LabEndpoints.Closed, SignIn());
        Half? authenticated = authenticatedFirst ? await LoadAsync(closed, cancellationToken) : null;
        var anonymous = await LoadAsync(Open, cancellationToken);
        authenticated ??= await LoadAsync(closed, cancellationToken);
        _turns.Add(new(anonymous, authenticated, await SignInsAsync(cancellationToken), await RefreshesAsync(cancellationToken)));
    }

    /// <summary>What is left after a full collection, before many sessions and with them.</summary>
    public void WeighSessions(CancellationToken cancellationToken)
    {
        var accounts = Enumerable.Range(AccountsOfMemory, plan.Sessions / LabPlan.SessionsOfAnAccount).Select(number => _visitor with { Number = number }).ToList();
        foreach (var account in accounts) _connection.Expect(201, account.Register);
        var before = Memory();
        foreach (var account in accounts)
        {
            for (var issued = 0; issued < LabPlan.SessionsOfAnAccount; issued += SessionsAtOnce)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // One that is not used takes nothing yet.
                foreach (var credential in _connection.Expect(200, account.Issue(SessionsAtOnce)).Body.Split('\n'))
                    _connection.Expect(200, LabAccount.Get(LabEndpoints.Closed, credential));
            }
        }
        _memory = (Memory() - before) / (double)plan.Sessions;
    }

    /// <param name="other">Another server on the same database; null where there is none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task TimeRevocationsAsync(LabNode? other, CancellationToken cancellationToken)
    {
        if (other is not null) await WarmUpAsync(other, SignIn(), cancellationToken);
        using var there = (other ?? node).Connect();
        var delays = new List<double>();
        for (var i = -plan.FirstSignOuts; i < plan.SignOuts; i++)
        {
            var delay = await TimeRevocationAsync(there, cancellationToken);
            if (i >= 0) delays.Add(delay);
        }
        _delay = DelayFigures.Of(delays, other is null ? DelayPlace.SameNode : DelayPlace.AnotherNode);
    }

    public LabFigures Figures()
    {
        var (anonymous, authenticated) = (Median(static turn => turn.Anonymous.PerSecond), Median(static turn => turn.Authenticated.PerSecond));
        return new(
            profile, Math.Round(anonymous), Math.Round(authenticated), Math.Round(Math.Round(authenticated) / Math.Round(anonymous), 3),
            new(Latency(static turn => turn.Anonymous), Latency(static turn => turn.Authenticated)),
            new(
                Math.Round(Median(static turn => turn.Anonymous.Microseconds), 2), Math.Round(Median(static turn => turn.Authenticated.Microseconds), 2),
                Math.Round(Median(static turn => turn.Authenticated.Microseconds - turn.Anonymous.Microseconds), 2)),
            _roundTrips!, _wire!, Math.Round(_memory), Math.Round(Median(static turn => turn.SignIns), 1),
            _turns[0].Refreshes is null ? null : Math.Round(Median(static turn => turn.Refreshes!.Value)), _delay!, _plain!);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await node.DisposeAsync();
    }

    private string SignIn() => _visitor.CredentialIn(_connection.Expect(200, _visitor.SignIn));

    private async Task WarmUpAsync(LabNode which, string credential, CancellationToken cancellationToken)
    {
        using var asked = which.Connect();
        var load = new LoadDriver(which.Address);
        var closed = LabAccount.Get(LabEndpoints.Closed, credential);
        var started = TimeProvider.System.GetTimestamp();
        var (before, quiet) = (0L, 0);
        while (quiet < 2 && TimeProvider.System.GetElapsedTime(started) < plan.WarmUp)
        {
            foreach (var request in new[] { Open, closed }) await load.RunAsync(Connections, WarmUpSlice, (_, _) => request, cancellationToken);
            var compiled = Numbers(asked)[2];
            quiet = compiled - before <= QuietMethods ? quiet + 1 : 0;
            before = compiled;
        }
    }

    private async Task<Half> LoadAsync(byte[] request, CancellationToken cancellationToken)
    {
        var before = node.ProcessorTime;
        var result = await new LoadDriver(node.Address).RunAsync(Connections, plan.Load, (_, _) => request, cancellationToken);
        return new(result.PerSecond, (node.ProcessorTime - before).TotalMicroseconds / result.Nanoseconds.Length, result.Nanoseconds);
    }

    // An account each: one may have a thousand sign-ins at most, and one more would cost more.
    private async Task<double> SignInsAsync(CancellationToken cancellationToken)
    {
        var requests = Enumerable.Range(1, SignInConnections).Select(number => (_visitor with { Number = number }).SignIn).ToArray();
        return (await new LoadDriver(node.Address).RunAsync(SignInConnections, plan.SignIns, (number, _) => requests[number], cancellationToken)).PerSecond;
    }

    // A chain on each connection. Where the refresh token stays the same, it goes on with the one that it has.
    private async Task<double?> RefreshesAsync(CancellationToken cancellationToken)
    {
        var tokens = new string?[SignInConnections];
        for (var number = 0; number < tokens.Length; number++) tokens[number] = LabAccount.RefreshTokenIn(_connection.Expect(200, (_visitor with { Number = number + 1 }).SignIn));
        if (tokens[0] is null) return null;
        var result = await new LoadDriver(node.Address).RunAsync(SignInConnections, plan.Refreshes, (number, last) =>
        {
            if (last is { } answer) tokens[number] = LabAccount.RefreshTokenIn(answer) ?? tokens[number];
            return LabAccount.Refresh(tokens[number]!);
        }, cancellationToken);
        return result.PerSecond;
    }

    private async Task<double> TimeRevocationAsync(LabConnection there, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var credential = _connection.Expect(200, _visitor.Issue(1)).Body;
        var request = LabAccount.Get(LabEndpoints.Closed, credential);
        // From now on the other node knows the session, and would let it in.
        there.Expect(200, request);
        // Sign-outs come when they come: not as soon as the last one was heard of, and at any time between two polls.
        await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(5, 20)), clock, cancellationToken);

        _connection.Expect(204, LabAccount.SignOut(credential));
        var acknowledged = clock.GetTimestamp();
        LabAnswer answer;
        while ((answer = there.Ask(request)).Status == 200)
        {
            if (clock.GetElapsedTime(acknowledged) > Patience) throw new LabFailedException($"{profile}: a session that was ended is never refused.");
            // Asked without a pause, the other node and this process take all cores of a small machine.
            there.Rest(PauseMicroseconds);
        }
        var delay = clock.GetElapsedTime(acknowledged).TotalMilliseconds;
        return answer.Status == 401 ? delay : throw new LabFailedException($"{profile}: a session that was ended was answered with {answer.Status}: {answer.Body}");
    }

    private RoundTrips Fewest(int tries, Action work) => Enumerable.Range(0, tries).Select(_ => Count(work)).MinBy(static counted => (counted.Statements, counted.Redis))!;

    private RoundTrips Count(Action work)
    {
        var before = Numbers(_connection);
        work();
        var after = Numbers(_connection);
        return new(after[0] - before[0], redis ? after[1] - before[1] : null);
    }

    private long Memory() => Numbers(_connection, LabAccount.Get(LabEndpoints.Memory))[0];

    private static long[] Numbers(LabConnection connection, byte[]? request = null) =>
        [.. connection.Expect(200, request ?? Counts).Body.Split(' ').Select(static text => long.Parse(text, CultureInfo.InvariantCulture))];

    private double Median(Func<Turn, double> figure) => Quantile.Median(_turns.Select(figure));

    private LatencyFigures Latency(Func<Turn, Half> half) => LatencyFigures.Of([.. _turns.SelectMany(turn => half(turn).Nanoseconds)]);
}
