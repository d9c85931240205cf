using System.Security.Cryptography;
using Cancela.Credentials.Passwords.Argon2;

namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>
/// A password hash that another system made. It is only ever compared with: at its owner's first sign-in one of ours takes its place.
/// Those of other systems' Argon2 are <see cref="PhcString"/>s like ours.
/// </summary>
/// <param name="tag">What the right password comes to.</param>
internal abstract class ForeignHash(byte[] tag)
{
    private const int MaximumLength = 512;

    /// <summary>What people call it.</summary>
    public abstract string Name { get; }

    /// <summary>How its makers spelled the password before they hashed it.</summary>
    public virtual PasswordForm Form => PasswordForm.AsReceived;

    /// <summary>
    /// Reads all formats that there are here, each by what it begins with. Null is what has another, or costs beyond its format's caps:
    /// whoever can write to the column must not be able to stall the server.
    /// </summary>
    public static ForeignHash? Parse(string text)
    {
        if (text.Length > MaximumLength) return null;
        if (text.StartsWith(BcryptHash.Prefix, StringComparison.Ordinal)) return BcryptHash.Parse(text);
        if (text.StartsWith(DjangoFormat.Prefix, StringComparison.Ordinal)) return DjangoFormat.Parse(text);
        if (text.StartsWith(PasslibFormat.Prefix, StringComparison.Ordinal)) return PasslibFormat.Parse(text);
        if (text.StartsWith(FirebaseHash.Prefix, StringComparison.Ordinal)) return FirebaseHash.Parse(text);
        return text.Contains(BetterAuthHash.Separator, StringComparison.Ordinal) ? BetterAuthHash.Parse(text) : IdentityFormat.Parse(text);
    }

    /// <summary>Whether it is the hash of these bytes. Takes as long as its costs say.</summary>
    /// <param name="password">In the spelling of <see cref="Form"/>.</param>
    /// <param name="memory">The memory of the worker that computes it.</param>
    public bool IsOf(ReadOnlySpan<byte> password, Argon2Memory memory)
    {
        Span<byte> computed = stackalloc byte[tag.Length];
        Compute(password, computed, memory);
        var equal = CryptographicOperations.FixedTimeEquals(computed, tag);
        CryptographicOperations.ZeroMemory(computed);
        // HMAC, and with it PBKDF2 and scrypt, fills a key with NUL: "a" and "a\0" are one. bcrypt ends at a NUL, and begins anew behind it:
        // "a" and "a\0a" are one. Nobody chose a password like that.
        return equal && !password.Contains((byte)0);
    }

    /// <summary>Fills <paramref name="computed"/> with what the password comes to.</summary>
    protected abstract void Compute(ReadOnlySpan<byte> password, Span<byte> computed, Argon2Memory memory);
}
