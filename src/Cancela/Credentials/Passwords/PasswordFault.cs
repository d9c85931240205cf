namespace Cancela.Credentials.Passwords;

/// <summary>Why a new password is refused.</summary>
internal enum PasswordFault
{
    /// <summary>Fewer characters than <see cref="PasswordOptions.MinimumLength"/>.</summary>
    TooShort,

    /// <summary>More characters than <see cref="PasswordOptions.MaximumLength"/>.</summary>
    TooLong,

    /// <summary>On the list of the most common passwords: attackers try those first.</summary>
    TooCommon,

    /// <summary>It is the account's address or name, the product's, or the deployment's.</summary>
    ContainsContext,

    /// <summary>Not text: half of a surrogate pair.</summary>
    InvalidText,
}
