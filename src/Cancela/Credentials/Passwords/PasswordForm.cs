namespace Cancela.Credentials.Passwords;

/// <summary>In which of its spellings a text was hashed: "é" is one character or two, "º" is its own or an "o".</summary>
internal enum PasswordForm
{
    /// <summary>NFC: how passwords are hashed here.</summary>
    Composed,

    /// <summary>As it came: how most other systems hash.</summary>
    AsReceived,

    /// <summary>NFKC: how better-auth hashes.</summary>
    Compatible,
}
