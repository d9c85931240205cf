using System.Security.Cryptography;
using System.Text;
using Cancela.Text;

namespace Cancela.Credentials.Passwords;

/// <summary>A password as it is hashed, NFC in UTF-8, until it is disposed of.</summary>
internal sealed class PasswordBytes : IDisposable
{
    private PasswordBytes(byte[] bytes) => Bytes = bytes;

    /// <summary>Pinned, so that the garbage collector leaves no copy behind that nobody wipes.</summary>
    public byte[] Bytes { get; }

    /// <summary>Null when it is no text (a lone surrogate).</summary>
    public static PasswordBytes? TryEncode(string password)
    {
        if (!Nfc.TryNormalize(password, out var normalized)) return null;
        var bytes = GC.AllocateUninitializedArray<byte>(Encoding.UTF8.GetByteCount(normalized), pinned: true);
        Encoding.UTF8.GetBytes(normalized, bytes);
        return new PasswordBytes(bytes);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(Bytes);
}
