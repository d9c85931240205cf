using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Cancela.Caching;

namespace Cancela.Strategies.Sessions;

/// <summary>
/// The secret in the cookie: 256 random bits, base64url. The server keeps its SHA-256 only, so that who reads the
/// database cannot be anybody. (A plain hash suffices: there is nothing to guess in 256 random bits.)
/// </summary>
internal static class SessionId
{
    private const int Bytes = 32;
    private const int Characters = 43;

    public static string New(out byte[] hash)
    {
        Span<byte> secret = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(secret);
        return Of(secret, out hash);
    }

    /// <summary>The session ID that a secret of 32 bytes makes.</summary>
    public static string Of(ReadOnlySpan<byte> secret, out byte[] hash)
    {
        hash = SHA256.HashData(secret);
        return Base64Url.EncodeToString(secret);
    }

    /// <summary>The hash by which a session ID is known, or false for what cannot be one.</summary>
    public static bool TryHash(string sessionId, out Digest hash)
    {
        hash = default;
        if (sessionId.Length != Characters) return false;
        Span<byte> secret = stackalloc byte[Bytes];
        // Not the Try method: it throws on what is not base64url.
        if (Base64Url.DecodeFromChars(sessionId, secret, out _, out var written) != OperationStatus.Done || written != Bytes) return false;
        hash = Digest.Of(secret);
        return true;
    }
}
