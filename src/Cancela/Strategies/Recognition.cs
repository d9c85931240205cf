using Cancela.Problems;

namespace Cancela.Strategies;

/// <summary>What came of showing a credential: one of the two cases below and no other.</summary>
internal abstract record Recognition
{
    private Recognition()
    {
    }

    /// <summary>It counts.</summary>
    /// <param name="Caller">Whose it is.</param>
    /// <param name="RenewedUntil">Set when its life was just prolonged and its carrier has to be told.</param>
    public sealed record Recognized(Caller Caller, DateTimeOffset? RenewedUntil = null) : Recognition;

    /// <summary>It does not count, or (503) nobody can tell.</summary>
    public sealed record Refused(Refusal Refusal) : Recognition;

    public static Recognition No(Problem problem, string reason) => new Refused(new Refusal(problem, reason));
}
