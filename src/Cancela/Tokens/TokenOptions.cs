namespace Cancela.Tokens;

/// <summary>Who issues, for whom, and how much the reader remembers.</summary>
internal sealed record TokenOptions
{
    /// <summary>Claim <c>iss</c>, written and required.</summary>
    public string Issuer { get; init; } = "cancela";

    /// <summary>Claim <c>aud</c>, written and required.</summary>
    public string Audience { get; init; } = "cancela";

    /// <summary>How many verified tokens are remembered. One takes about 1 KiB. 0 remembers none.</summary>
    public int CacheCapacity { get; init; } = 10_000;
}
