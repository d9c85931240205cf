using System.Collections.Frozen;

namespace Cancela.Accounts;

/// <summary>Who must have shown a second factor.</summary>
internal sealed class SecondFactorPolicy(SecondFactorOptions options)
{
    /// <summary>RFC 8176: "mfa: Multiple-factor authentication". Stands among the methods of whoever showed more than one.</summary>
    public const string Method = "mfa";

    private readonly FrozenSet<string> _roles = options.RequiredRoles.ToFrozenSet(StringComparer.Ordinal);

    public bool IsRequiredOfAnybody => options.Required || _roles.Count > 0;

    /// <summary>Whether somebody with the role must have shown one.</summary>
    public bool IsRequiredOf(string role) => options.Required || (_roles.Count > 0 && _roles.Contains(role));
}
