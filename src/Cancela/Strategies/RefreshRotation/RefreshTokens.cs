using System.Buffers.Binary;
using System.Security.Cryptography;
using Cancela.Secrets;
using Cancela.Tokens;

namespace Cancela.Strategies.RefreshRotation;

/// <summary>
/// Writes S4's refresh tokens. Everything in one follows from its generation, the <c>jti</c> included: parallel uses of a
/// token get the same successor, wherever they are served.
/// </summary>
internal sealed class RefreshTokens(TokenWriter writer, RootSecret secret)
{
    private readonly byte[] _key = secret.Derive("cancela refresh jti");

    public string Write(Proof proof, Generation generation) => writer.Write(new TokenClaims(
        TokenType.Refresh, proof.Subject.AccountId, generation.SessionId, proof.Subject.Version, TokenId(generation),
        generation.RotatedAt.ToUnixTimeSeconds(), generation.ExpiresAt.ToUnixTimeSeconds(), proof.At.ToUnixTimeSeconds(), proof.Methods)
    {
        Generation = generation.Number,
    });

    /// <summary>The <c>jti</c> of a generation.</summary>
    public Guid TokenId(Generation generation)
    {
        Span<byte> input = stackalloc byte[20];
        generation.SessionId.TryWriteBytes(input, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(input[16..], generation.Number);
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(_key, input, mac);

        // RFC 9562 section 5.8: version 8 is for identifiers made in a way of one's own.
        mac[6] = (byte)((mac[6] & 0x0F) | 0x80);
        mac[8] = (byte)((mac[8] & 0x3F) | 0x80);
        return new Guid(mac[..16], bigEndian: true);
    }
}
