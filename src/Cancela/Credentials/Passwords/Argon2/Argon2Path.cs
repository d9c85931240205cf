namespace Cancela.Credentials.Passwords.Argon2;

/// <summary>The code that mixes the blocks. All give the same hash; the processor decides which is fastest.</summary>
internal enum Argon2Path
{
    /// <summary>64-bit arithmetic: runs everywhere.</summary>
    Scalar,

    /// <summary>128-bit vectors: SSE2 and AdvSimd.</summary>
    Vector128,

    /// <summary>256-bit vectors: AVX2.</summary>
    Vector256,
}
