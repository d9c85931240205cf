using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Cancela.Tokens;

/// <summary>The SHA-256 of a token's text. A memory dump that shows it gives nobody a credential.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TokenHash : IEquatable<TokenHash>
{
    private readonly long _a;
    private readonly long _b;
    private readonly long _c;
    private readonly long _d;

    public static TokenHash Of(ReadOnlySpan<byte> token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(token, hash);
        return MemoryMarshal.Read<TokenHash>(hash);
    }

    public bool Equals(TokenHash other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals(object? obj) => obj is TokenHash other && Equals(other);

    /// <summary>Any part of a hash is a hash.</summary>
    public override int GetHashCode() => (int)_a;
}
