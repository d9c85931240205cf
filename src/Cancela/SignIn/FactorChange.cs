using Cancela.Problems;

namespace Cancela.SignIn;

/// <summary>What came of changing one's own second factor: one of the two cases below and no other.</summary>
internal abstract record FactorChange
{
    private FactorChange()
    {
    }

    /// <summary>It is changed.</summary>
    /// <param name="RecoveryCodes">Those that were made with it, told once; empty where there were some.</param>
    public sealed record Done(IReadOnlyList<string> RecoveryCodes) : FactorChange;

    /// <summary>It is as it was.</summary>
    public sealed record Refused(Refusal Refusal) : FactorChange;

    public static FactorChange No(Problem problem, string reason) => new Refused(new Refusal(problem, reason));
}
