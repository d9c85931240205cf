namespace Cancela.Credentials.Totp;

/// <summary>What a time-based code is computed with (RFC 6238 section 1.2).</summary>
public enum TotpAlgorithm
{
    /// <summary>HMAC-SHA-1: what every authenticator app knows. Of SHA-1 nothing is used that was broken.</summary>
    Sha1,

    /// <summary>HMAC-SHA-256: some apps ignore that it was asked for, and show codes that are wrong.</summary>
    Sha256,
}
