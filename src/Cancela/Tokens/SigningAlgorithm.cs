namespace Cancela.Tokens;

/// <summary>
/// The signature algorithms of RFC 7518 section 3 that Cancela knows. Each key is pinned to one of them, so that a token's
/// <c>alg</c> is compared and never obeyed (RFC 8725 section 3.1).
/// </summary>
public enum SigningAlgorithm
{
    /// <summary>HMAC with SHA-256: issued and verified. Whoever can verify can also issue.</summary>
    HS256,

    /// <summary>ECDSA on P-256 with SHA-256: issued and verified.</summary>
    ES256,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256: verified for others' tokens, never issued (OWASP ASVS 5.0, appendix C).</summary>
    RS256,

    /// <summary>RSASSA-PSS with SHA-256: verified for others' tokens, never issued.</summary>
    PS256,
}
