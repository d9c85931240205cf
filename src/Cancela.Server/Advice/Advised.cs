namespace Cancela.Server.Advice;

/// <summary>What becomes of a set of answers: one of the two cases below and no other.</summary>
internal abstract record Advised
{
    private Advised()
    {
    }

    /// <summary>They go together.</summary>
    public sealed record Fits(Design Design) : Advised;

    /// <summary>They do not.</summary>
    public sealed record Contradicts(Rule Rule) : Advised;
}
