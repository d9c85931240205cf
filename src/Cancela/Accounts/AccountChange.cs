namespace Cancela.Accounts;

/// <summary>What is to become different about an account, all at once. <see langword="null"/> leaves a thing as it is.</summary>
internal sealed record AccountChange
{
    /// <summary>A new name; the empty text takes the name away.</summary>
    public string? Name { get; init; }

    /// <summary>A new address, not verified yet. Credentials move on.</summary>
    public EmailAddress? Email { get; init; }

    /// <summary>A new password. Credentials move on.</summary>
    public PasswordChange? Password { get; init; }

    /// <summary>Another role. Credentials move on.</summary>
    public string? Role { get; init; }

    /// <summary>Closed or active again. Credentials move on, and closing ends the sessions.</summary>
    public AccountStatus? Status { get; init; }
}
