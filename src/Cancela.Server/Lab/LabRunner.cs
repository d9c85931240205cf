using System.Reflection;
using System.Runtime.InteropServices;

namespace Cancela.Server.Lab;

/// <summary>
/// A whole run. The servers of all strategies stand at the same time and take turns, so that what else the machine does meets
/// all of them alike; the figures of the turns are then medians.
/// </summary>
/// <param name="plan">How long each part takes.</param>
/// <param name="store">Where the servers keep what they know: prepared, and removed by whoever made it.</param>
/// <param name="settings">What the servers are configured with beside it.</param>
/// <param name="progress">How far it is.</param>
internal sealed class LabRunner(LabPlan plan, LabStore store, IReadOnlyDictionary<string, string> settings, LabProgress progress)
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cancela-lab-").FullName;

    /// <param name="profiles">What is measured.</param>
    /// <param name="command">What was typed.</param>
    /// <param name="cancellationToken">Gives up. No server stays.</param>
    /// <exception cref="LabFailedException">A server did not do what it has to.</exception>
    public async Task<LabReport> RunAsync(IReadOnlyList<string> profiles, string command, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var trials = new List<StrategyTrial>();
        try
        {
            await store.PrepareAsync(profiles, cancellationToken);
            await StartAsync(profiles, trials, cancellationToken);
            await EachAsync(LabPhase.WarmUp, trials, trial => trial.WarmUpAsync(cancellationToken), cancellationToken);
            await EachAsync(LabPhase.RoundTrips, trials, trial => Task.Run(trial.CountRoundTrips, cancellationToken), cancellationToken);
            await EachAsync(LabPhase.Memory, trials, trial => Task.Run(() => trial.WeighSessions(cancellationToken), cancellationToken), cancellationToken);
            for (var turn = 0; turn < plan.Turns; turn++)
                await EachAsync(LabPhase.Turn, trials, trial => trial.TakeTurnAsync(turn % 2 == 1, cancellationToken), cancellationToken, turn + 1);
            await EachAsync(LabPhase.Revocation, trials, trial => TimeRevocationsAsync(trial, cancellationToken), cancellationToken);
            var took = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            return new(
                LabReport.Latest, TimeProvider.System.GetUtcNow(), Machine(), new(store.Database, store.DatabaseVersion, store.RedisVersion is not null, store.RedisVersion),
                new(command, plan.Seconds, Math.Round(took, 1), plan.Turns, StrategyTrial.Connections, plan.Sessions, plan.SignOuts, store.HasSeveralNodes ? 2 : 1),
                [.. trials.Select(static trial => trial.Figures())]);
        }
        finally
        {
            await Task.WhenAll(trials.Select(static trial => trial.DisposeAsync().AsTask()));
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static LabMachine Machine() => new(
        Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString(), RuntimeInformation.FrameworkDescription,
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]);

    private async Task StartAsync(IReadOnlyList<string> profiles, List<StrategyTrial> trials, CancellationToken cancellationToken)
    {
        foreach (var profile in profiles)
        {
            progress.Begin(LabPhase.Start, profile);
#pragma warning disable CA2000 // The trial disposes it.
            trials.Add(new(profile, await StartAsync(profile, cancellationToken), store.RedisVersion is not null, plan));
#pragma warning restore CA2000
        }
    }

    private Task<LabNode> StartAsync(string profile, CancellationToken cancellationToken) =>
        LabNode.StartAsync(_folder, settings.Concat(store.SettingsOf(profile)).Append(new("Cancela:Profile", profile)).ToDictionary(), cancellationToken);

    private async Task EachAsync(
        LabPhase phase, List<StrategyTrial> trials, Func<StrategyTrial, Task> part, CancellationToken cancellationToken, int turn = 0)
    {
        foreach (var trial in trials)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Begin(phase, trial.Profile, turn);
            trial.Begin();
            await part(trial);
        }
    }

    private async Task TimeRevocationsAsync(StrategyTrial trial, CancellationToken cancellationToken)
    {
        await using var other = store.HasSeveralNodes ? await StartAsync(trial.Profile, cancellationToken) : null;
        await Task.Run(() => trial.TimeRevocationsAsync(other, cancellationToken), cancellationToken);
    }
}
