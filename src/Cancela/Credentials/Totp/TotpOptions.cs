namespace Cancela.Credentials.Totp;

/// <summary>Codes of an authenticator app (RFC 6238). Section <c>Cancela:Totp</c>.</summary>
public sealed class TotpOptions
{
    /// <summary>What the authenticator app calls the service: 1 to 64 characters without a colon. Default <c>Cancela</c>.</summary>
    public string Issuer { get; set; } = "Cancela";

    /// <summary><c>Sha1</c> (default), which every app knows, or <c>Sha256</c>. For secrets that are made from now on.</summary>
    public TotpAlgorithm Algorithm { get; set; } = TotpAlgorithm.Sha1;

    /// <summary>
    /// How many steps of 30 s a code may be off, before and after: 0 or 1 (default), for clocks that disagree. RFC 6238 section 5.2
    /// allows one. A code counts once in any case.
    /// </summary>
    public int Skew { get; set; } = 1;

    internal IEnumerable<string> Faults()
    {
        if (Issuer.Length is 0 or > 64 || Issuer.Contains(':', StringComparison.Ordinal)) yield return "Cancela:Totp:Issuer must have 1 to 64 characters and no colon.";
        if (Skew is < 0 or > 1) yield return "Cancela:Totp:Skew must be 0 or 1.";
    }
}
