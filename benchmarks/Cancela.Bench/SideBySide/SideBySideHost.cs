using System.Buffers.Text;
using System.Security.Cryptography;
using Cancela.Tests;

namespace Cancela.Bench.SideBySide;

/// <summary>One of the hosts: its process, its credential, and what was measured of it.</summary>
internal sealed class SideBySideHost : IAsyncDisposable
{
    private readonly string _name;
    private readonly bool _isOurs;
    private readonly ServerProcess _server;
    private readonly string _credential;
    private readonly List<Round> _turns = [];

    private SideBySideHost(string name, bool isOurs, ServerProcess server, string credential) => (_name, _isOurs, _server, _credential) = (name, isOurs, server, credential);

    private Uri Open => new(_server.Address, LoopbackServer.Open);

    private Uri Closed => new(_server.Address, LoopbackServer.Closed);

    public static async Task<SideBySideHost> OfCancelaAsync(string folder, string profile)
    {
        var server = await StartAsync(folder, "--Cancela:Limits:PerNetwork=0", $"--Cancela:Profile={profile}");
        using var person = new BenchClient(server.Address);
        await person.RegisterAsync();
        return new(profile, isOurs: true, server, profile is "session" or "jwt-cookie" ? await person.LoginAsync() : (await person.TokenAsync()).Access);
    }

    public static async Task<SideBySideHost> OfAsync(string folder, string alternative)
    {
        var server = await StartAsync(folder, [$"--Alternative={alternative}", .. await Alternatives.PlaceAsync(alternative)]);
        using var client = new HttpClient { BaseAddress = server.Address };
        return new(alternative, isOurs: false, server, await client.GetStringAsync(new Uri(LoopbackServer.Credential, UriKind.Relative)));
    }

    /// <summary>On all cores, until the compiler is done: on one it would starve.</summary>
    public async Task WarmAsync(TimeSpan time)
    {
        await Warmth.ReachAsync(_server.Address, async () =>
        {
            await Wrk.AskAsync(Open, _server.Id, null, time, onItsCore: false);
            await Wrk.AskAsync(Closed, _server.Id, _credential, time, onItsCore: false);
        });
        await Wrk.PinAsync(_server.Id);
    }

    // The open one before and after: a machine that slows down or speeds up meanwhile does neither to the ratio.
    public async Task MeasureAsync(TimeSpan time) => _turns.Add(new(
        await Wrk.AskAsync(Open, _server.Id, null, time), await Wrk.AskAsync(Closed, _server.Id, _credential, time), await Wrk.AskAsync(Open, _server.Id, null, time)));

    public SideBySideSum Sum() => new(
        _name, _isOurs, Median(static turn => turn.Closed.PerSecond), Median(static turn => turn.Closed.PerSecond / turn.OpenPerSecond),
        // What disturbs a turn only ever makes it dearer.
        _turns.Min(static turn => turn.Closed.ProcessorMicroseconds) - _turns.Min(static turn => turn.OpenMicroseconds));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // As it would run, and not as a developer runs it: no page for exceptions before every request.
    private static Task<ServerProcess> StartAsync(string folder, params string[] settings) => BenchServers.StartAsync(
        Directory.CreateDirectory(folder).FullName, settings,
        new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Cancela__Signing__Secret"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
        });

    private double Median(Func<Round, double> of) => Percentile.Median([.. _turns.Select(of)]);

    private readonly record struct Round(Wrk.Result Before, Wrk.Result Closed, Wrk.Result After)
    {
        public double OpenPerSecond => (Before.PerSecond + After.PerSecond) / 2;

        // Of as many as of the closed ones: the least of more would be less.
        public double OpenMicroseconds => Before.ProcessorMicroseconds;
    }
}
