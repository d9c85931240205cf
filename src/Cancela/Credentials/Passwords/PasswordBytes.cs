using System.Security.Cryptography;
using System.Text;
using Cancela.Text;

namespace Cancela.Credentials.Passwords;

/// <summary>A password as it is hashed, in UTF-8, until it is disposed of.</summary>
internal sealed class PasswordBytes : IDisposable
{
    private PasswordBytes(byte[] bytes) => Bytes = bytes;

    /// <summary>Pinned, so that the garbage collector leaves no copy behind that nobody wipes.</summary>
    public byte[] Bytes { get; }

    /// <summary>Null when it is no text (a lone surrogate).</summary>
    public static PasswordBytes? TryEncode(string password, PasswordForm form = PasswordForm.Composed)
    {
        if (!Nfc.TryNormalize(password, out var normalized)) return null;
        return form switch
        {
            PasswordForm.AsReceived => Encode(password),
            PasswordForm.Compatible => Nfkc.TryNormalize(password, out var compatible) ? Encode(compatible) : null,
            _ => Encode(normalized),
        };
    }

    private static PasswordBytes Encode(string text)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Encoding.UTF8.GetByteCount(text), pinned: true);
        Encoding.UTF8.GetBytes(text, bytes);
        return new PasswordBytes(bytes);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(Bytes);
}
