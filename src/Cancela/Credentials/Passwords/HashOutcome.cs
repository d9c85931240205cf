namespace Cancela.Credentials.Passwords;

/// <summary>What came of hashing a password.</summary>
internal abstract record HashOutcome
{
    private HashOutcome()
    {
    }

    /// <summary>The hash, as a PHC string for the accounts table.</summary>
    public sealed record Hashed(string Phc) : HashOutcome;

    /// <summary>Too many wait already: 503 with <c>Retry-After</c>.</summary>
    public sealed record Overloaded(TimeSpan RetryAfter) : HashOutcome;
}
