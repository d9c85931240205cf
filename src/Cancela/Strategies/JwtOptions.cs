namespace Cancela.Strategies;

/// <summary>How long a token of <c>jwt</c> and <c>jwt-cookie</c> lives. Section <c>Cancela:Jwt</c>.</summary>
public sealed class JwtOptions
{
    /// <summary>Default 24 hours, 1 minute to 30 days. It cannot be renewed.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(24);

    internal IEnumerable<string> Faults()
    {
        if (Lifetime < TimeSpan.FromMinutes(1) || Lifetime > TimeSpan.FromDays(30)) yield return "Cancela:Jwt:Lifetime must be 1 minute to 30 days.";
    }
}
