namespace Cancela.Credentials.Passwords.Argon2;

/// <summary>The compression function G of RFC 9106 section 3.5, once for each width of register.</summary>
/// <remarks>Compiled at full optimization from the first call: the first sign-in after a start is not the slow one.</remarks>
internal unsafe interface IArgon2Mixer
{
    /// <summary>
    /// Writes G(<paramref name="previous"/>, <paramref name="reference"/>) to <paramref name="target"/>, or, in the
    /// later passes, XORs it into what stands there. The target is neither of the two sources.
    /// </summary>
    public static abstract void Mix(ulong* previous, ulong* reference, ulong* target, bool xor);
}
