namespace Cancela.Accounts;

/// <summary>Whether the account may be used.</summary>
public enum AccountStatus
{
    /// <summary>In use.</summary>
    Active,

    /// <summary>Banned or closed: signs in nowhere, and what it was handed no longer counts.</summary>
    Closed,
}
