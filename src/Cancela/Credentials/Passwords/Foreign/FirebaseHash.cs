using System.Globalization;
using System.Security.Cryptography;
using Cancela.Credentials.Passwords.Argon2;

namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>
/// Firebase: a key by scrypt, and with it AES-256 in counter mode of the project's signer key. Stored as
/// <c>$firebase-scrypt$ln=14,r=8,p=1$&lt;salt and separator&gt;$&lt;stream&gt;</c>, where the stream is what the signer key was XORed with: enough to verify,
/// and the signer key stays out of the database.
/// </summary>
internal sealed class FirebaseHash : ForeignHash
{
    public const string Prefix = "$firebase-scrypt$";
    private const int KeyBytes = 32, CipherBlock = 16;

    private readonly ScryptCosts _costs;
    private readonly byte[] _salt;

    private FirebaseHash(ScryptCosts costs, byte[] salt, byte[] stream) : base(stream) => (_costs, _salt) = (costs, salt);

    public override string Name => "scrypt of Firebase";

    public static string Text(ScryptCosts costs, byte[] salt, byte[] stream) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix}ln={costs.LogN},r={costs.BlockSize},p={costs.Parallelism}${Spelling.UnpaddedBase64(salt)}${Spelling.UnpaddedBase64(stream)}");

    public static new FirebaseHash? Parse(string text)
    {
        if (text[Prefix.Length..].Split('$') is not [var costs, var salt64, var stream64] || costs.Split(',') is not [var ln, var r, "p=1"]) return null;
        if (Spelling.Number(ln, "ln=") is not { } logN || Spelling.Number(r, "r=") is not { } blockSize) return null;
        var read = new ScryptCosts(logN, blockSize, 1);
        if (!read.AreAllowed || Spelling.UnpaddedBase64(salt64) is not { Length: >= 1 and <= 64 } salt) return null;
        return Spelling.UnpaddedBase64(stream64) is { Length: >= CipherBlock and <= 64 } stream ? new FirebaseHash(read, salt, stream) : null;
    }

    protected override void Compute(ReadOnlySpan<byte> password, Span<byte> computed, Argon2Memory memory)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        Scrypt.Derive(_costs, password, _salt, key, memory);
        // Counter mode by hand, from zero: the framework has none.
        var counters = new byte[(computed.Length + CipherBlock - 1) / CipherBlock * CipherBlock];
        for (var block = 0; block < counters.Length / CipherBlock; block++) counters[((block + 1) * CipherBlock) - 1] = (byte)block;
        using var aes = Aes.Create();
        aes.SetKey(key);
        aes.EncryptEcb(counters, counters, PaddingMode.None);
        counters.AsSpan(0, computed.Length).CopyTo(computed);
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(counters);
    }
}
