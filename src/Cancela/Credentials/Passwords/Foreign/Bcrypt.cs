using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>
/// bcrypt (Provos and Mazières, "A Future-Adaptable Password Scheme", 1999): Blowfish, whose tables are filled again and again with the
/// password and the salt in turns, encrypts one constant text.
/// </summary>
internal static unsafe class Bcrypt
{
    public const int TagBytes = 23;
    private const int MostPasswordBytes = 72;

    // A fifth of a millisecond of work: for longer no request waits for a hash that has its core.
    private const int TurnsBetweenYields = 2;

    private static ReadOnlySpan<byte> Text => "OrpheanBeholderScryDoubt"u8;

    /// <param name="cost">The number of turns as a power of two.</param>
    /// <param name="password">Without NUL; what comes after byte 72 does not count.</param>
    /// <param name="salt">16 bytes.</param>
    /// <param name="tag">23 bytes: the makers of bcrypt left the last one out.</param>
    public static void Hash(int cost, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> tag)
    {
        var state = stackalloc uint[Blowfish.StateWords];
        var key = stackalloc uint[Blowfish.KeyWords];
        var salted = stackalloc uint[Blowfish.KeyWords];
        var none = stackalloc uint[Blowfish.SaltWords];
        Words(password, key);
        Repeat(salt, salted);
        new Span<uint>(none, Blowfish.SaltWords).Clear();

        Blowfish.Start(state);
        Blowfish.Expand(state, key, salted);
        for (var turn = 0; turn < 1 << cost; turn++)
        {
            Blowfish.Expand(state, key, none);
            Blowfish.Expand(state, salted, none);
            if (turn % TurnsBetweenYields == 0) Thread.Yield();
        }
        Encrypt(state, tag);

        new Span<uint>(state, Blowfish.StateWords).Clear();
        new Span<uint>(key, Blowfish.KeyWords).Clear();
    }

    // "the key is ... a NUL-terminated ASCII string": with its NUL, over and over, until there is enough of it.
    private static void Words(ReadOnlySpan<byte> password, uint* words)
    {
        Span<byte> terminated = stackalloc byte[MostPasswordBytes + 1];
        terminated.Clear();
        var length = Math.Min(password.Length, MostPasswordBytes);
        password[..length].CopyTo(terminated);
        Repeat(terminated[..(length + 1)], words);
        CryptographicOperations.ZeroMemory(terminated);
    }

    private static void Repeat(ReadOnlySpan<byte> bytes, uint* words)
    {
        for (int i = 0, at = 0; i < Blowfish.KeyWords; i++)
        {
            var word = 0u;
            for (var b = 0; b < sizeof(uint); b++, at++) word = (word << 8) | bytes[at % bytes.Length];
            words[i] = word;
        }
    }

    [SkipLocalsInit]
    private static void Encrypt(uint* state, Span<byte> tag)
    {
        Span<byte> text = stackalloc byte[Text.Length];
        for (var at = 0; at < text.Length; at += 2 * sizeof(uint))
        {
            var left = BinaryPrimitives.ReadUInt32BigEndian(Text[at..]);
            var right = BinaryPrimitives.ReadUInt32BigEndian(Text[(at + sizeof(uint))..]);
            for (var i = 0; i < 64; i++) Blowfish.Encrypt(state, ref left, ref right);
            BinaryPrimitives.WriteUInt32BigEndian(text[at..], left);
            BinaryPrimitives.WriteUInt32BigEndian(text[(at + sizeof(uint))..], right);
        }
        text[..TagBytes].CopyTo(tag);
        CryptographicOperations.ZeroMemory(text);
    }
}
