namespace Cancela.Credentials.Passwords.Argon2;

/// <summary>What is hashed (RFC 9106 section 3.1). The secret and the associated data may be empty.</summary>
internal readonly ref struct Argon2Input(
    ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> secret = default, ReadOnlySpan<byte> associatedData = default)
{
    public ReadOnlySpan<byte> Password { get; } = password;

    public ReadOnlySpan<byte> Salt { get; } = salt;

    public ReadOnlySpan<byte> Secret { get; } = secret;

    public ReadOnlySpan<byte> AssociatedData { get; } = associatedData;
}
