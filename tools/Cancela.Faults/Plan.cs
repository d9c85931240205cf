using Cancela.Tests.Revocation;

namespace Cancela.Faults;

/// <summary>What a run does: on which strategies, with which faults, how much.</summary>
/// <param name="Bound">T.</param>
/// <param name="Settings">Of the nodes, beside those that every run has.</param>
/// <param name="Requests">How many are to be judged at least.</param>
/// <param name="Revocations">How many are to be acknowledged at least.</param>
internal sealed record Plan(
    IReadOnlyList<(string Browser, string Token)> Pairs, TimeSpan Bound, IReadOnlyList<string> Settings, int Requests, int Revocations, ulong Seed,
    Func<Dice, IReadOnlyList<Fault>> Faults)
{
    /// <summary>What broken nodes are to show: each fault is held until it was seen.</summary>
    public Breach? Wanted { get; init; }

    private static readonly (string, string)[] EveryPair = [("session", "refresh-rotation"), ("session", "refresh-denylist"), ("jwt-cookie", "jwt")];
    private static readonly TimeSpan UsualBound = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortBound = TimeSpan.FromSeconds(1);

    /// <summary>Every strategy and every fault.</summary>
    public static Plan Whole(int requests, int revocations, ulong seed) => new(
        EveryPair, UsualBound, [], requests, revocations, seed, static dice => [Fault.None(UsualBound), .. Shuffled(Fault.All(Beyond(UsualBound)), dice)]);

    /// <summary>Two strategies, and of each kind of fault one.</summary>
    public static Plan Short(int requests, int revocations, ulong seed) => new(
        [("session", "refresh-rotation")], ShortBound, [], requests, revocations, seed, static _ =>
        {
            string[] names = ["PostgreSQL paused", "node 1 killed", "node 2 paused", "Redis killed", "node 3 cut off from PostgreSQL"];
            return [.. Fault.All(Beyond(ShortBound)).Where(fault => names.Contains(fault.Name))];
        });

    /// <summary>Nodes that accept what they cannot know: the judge has to find it.</summary>
    public static Plan Broken(ulong seed) => new(
        [("session", "refresh-rotation")], ShortBound, ["--Cancela:Revocation:WhenBlind=Accept"], 0, 0, seed, static _ =>
        [
            Fault.Cut("node 1 cut off from PostgreSQL", Beyond(ShortBound), static cluster => [cluster.Nodes[0].ToDatabase]),
        ])
    {
        Wanted = Breach.AcceptedAfterwards,
    };

    private static TimeSpan Beyond(TimeSpan bound) => bound + TimeSpan.FromSeconds(1);

    private static Fault[] Shuffled(IEnumerable<Fault> faults, Dice dice)
    {
        Fault[] all = [.. faults];
        for (var i = all.Length - 1; i > 0; i--)
        {
            var j = dice.Below(i + 1);
            (all[i], all[j]) = (all[j], all[i]);
        }
        return all;
    }
}
