namespace Cancela.Gate;

/// <summary>Names that a host may need.</summary>
public static class CancelaDefaults
{
    /// <summary>The authentication scheme. It is the default one unless the host names another.</summary>
    public const string AuthenticationScheme = "Cancela";

    /// <summary>The scope that every role holds: to manage one's own account and sessions.</summary>
    public const string AccountScope = "account";

    /// <summary>The scope that <c>ADMIN</c> holds: to manage those of others.</summary>
    public const string AdminScope = "admin";
}
