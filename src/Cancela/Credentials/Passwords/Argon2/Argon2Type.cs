namespace Cancela.Credentials.Passwords.Argon2;

/// <summary>The three of RFC 9106, as the hash itself numbers them. Only <see cref="Id"/> is ever made here; the others are hashes of other systems.</summary>
internal enum Argon2Type
{
    /// <summary>Picks its blocks by what is in the memory, and so by the password.</summary>
    D = 0,

    /// <summary>Picks its blocks without looking at the password.</summary>
    I = 1,

    /// <summary>The first half of the first pass as <see cref="I"/>, the rest as <see cref="D"/>.</summary>
    Id = 2,
}
