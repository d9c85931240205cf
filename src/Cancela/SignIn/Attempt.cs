namespace Cancela.SignIn;

/// <summary>What came of asking to try: one of the two cases below and no other.</summary>
internal abstract record Attempt
{
    private Attempt()
    {
    }

    /// <summary>The attempt may be made. It is counted as a failure already, and given back if it is none.</summary>
    /// <param name="Key">Whose count.</param>
    /// <param name="Failures">The count, this attempt included.</param>
    /// <param name="Resets">How often the count was reset: a failure that outlives a reset is counted again after it.</param>
    public sealed record Taken(string Key, int Failures, int Resets) : Attempt;

    /// <summary>Too many failures.</summary>
    public sealed record Locked(TimeSpan RetryAfter) : Attempt;
}
