namespace Cancela.Revocation;

/// <summary>How soon, and how surely, a revocation holds on every node. Section <c>Cancela:Revocation</c>.</summary>
public sealed class RevocationOptions
{
    /// <summary>
    /// T: a revocation is refused everywhere at the latest this long after it was acknowledged. Default 2 s; from
    /// 100 ms to 5 min. Shorter than the database's usual hiccups, it makes nodes blind for nothing.
    /// </summary>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How often a node reads the log even if nobody rang. Default 250 ms; from 10 ms to half of
    /// <see cref="MaxStaleness"/>, so that one lost read does not make the node blind.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>What to do with a credential while the node is blind. Default <see cref="Revocation.WhenBlind.AskStore"/>.</summary>
    public WhenBlind WhenBlind { get; set; } = WhenBlind.AskStore;

    /// <summary>What is wrong with these settings: one sentence each, empty when nothing is.</summary>
    internal IEnumerable<string> Faults()
    {
        if (MaxStaleness < TimeSpan.FromMilliseconds(100) || MaxStaleness > TimeSpan.FromMinutes(5))
            yield return $"Cancela:Revocation:MaxStaleness is {MaxStaleness}: it must be from 00:00:00.1 to 00:05:00.";
        if (PollInterval < TimeSpan.FromMilliseconds(10) || PollInterval * 2 > MaxStaleness)
            yield return $"Cancela:Revocation:PollInterval is {PollInterval}: it must be from 00:00:00.01 to half of MaxStaleness ({MaxStaleness / 2}).";
        if (!Enum.IsDefined(WhenBlind))
            yield return $"Cancela:Revocation:WhenBlind is {WhenBlind}: it must be AskStore, Refuse or Accept.";
    }
}
