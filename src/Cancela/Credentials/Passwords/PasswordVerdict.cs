namespace Cancela.Credentials.Passwords;

/// <summary>What came of comparing a password with a stored hash.</summary>
internal abstract record PasswordVerdict
{
    private PasswordVerdict()
    {
    }

    /// <summary>The right password. Where its hash was made with other parameters than today's, hash it again and store that.</summary>
    public sealed record Match(bool NeedsRehash) : PasswordVerdict;

    /// <summary>A wrong password, no such account, or a hash that cannot be read: all cost one hash.</summary>
    public sealed record Mismatch : PasswordVerdict;

    /// <summary>Too many wait already: 503 with <c>Retry-After</c>. Nothing is known about the password.</summary>
    public sealed record Overloaded(TimeSpan RetryAfter) : PasswordVerdict;
}
