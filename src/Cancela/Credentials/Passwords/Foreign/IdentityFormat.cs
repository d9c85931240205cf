using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>
/// ASP.NET Core Identity: base64 of a byte that says the version, and what follows. Version 2 is PBKDF2 with HMAC-SHA-1 and 1000
/// iterations; version 3 says which SHA, how many iterations and how long the salt is.
/// </summary>
internal static class IdentityFormat
{
    private const byte Version2 = 0, Version3 = 1;
    private const int SaltOfVersion2 = 16, KeyOfVersion2 = 32, IterationsOfVersion2 = 1000;
    private const int HeadOfVersion3 = 1 + (3 * sizeof(uint));

    private static readonly HashAlgorithmName[] Hashes = [HashAlgorithmName.SHA1, HashAlgorithmName.SHA256, HashAlgorithmName.SHA512];

    public static ForeignHash? Parse(string text) => Spelling.Base64(text) switch
    {
        [Version2, .. var rest] => OfVersion2(rest),
        [Version3, ..] and { Length: > HeadOfVersion3 } blob => OfVersion3(blob),
        _ => null,
    };

    private static Pbkdf2Hash? OfVersion2(byte[] rest) => rest.Length == SaltOfVersion2 + KeyOfVersion2
        ? Pbkdf2Hash.Of("ASP.NET Core Identity 2", HashAlgorithmName.SHA1, IterationsOfVersion2, rest[..SaltOfVersion2], rest[SaltOfVersion2..])
        : null;

    private static Pbkdf2Hash? OfVersion3(byte[] blob)
    {
        var hash = BinaryPrimitives.ReadUInt32BigEndian(blob.AsSpan(1));
        var iterations = BinaryPrimitives.ReadInt32BigEndian(blob.AsSpan(1 + sizeof(uint)));
        var salt = BinaryPrimitives.ReadUInt32BigEndian(blob.AsSpan(1 + (2 * sizeof(uint))));
        if (hash >= Hashes.Length || salt > blob.Length - HeadOfVersion3) return null;
        var keyAt = HeadOfVersion3 + (int)salt;
        return Pbkdf2Hash.Of("ASP.NET Core Identity 3", Hashes[hash], iterations, blob[HeadOfVersion3..keyAt], blob[keyAt..]);
    }
}
