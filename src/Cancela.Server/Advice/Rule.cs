namespace Cancela.Server.Advice;

/// <summary>One row of a decision: where the condition holds, the conclusion, and why.</summary>
/// <param name="Name">What answers and tests call it.</param>
/// <param name="When">The condition.</param>
/// <param name="Then">The conclusion.</param>
/// <param name="Why">The reason, for people.</param>
internal sealed record Rule(string Name, When When, Facts Then, Sentence Why)
{
    public Rule(string name, When when, Facts then, string portuguese, string english) : this(name, when, then, new(portuguese, english))
    {
    }
}
