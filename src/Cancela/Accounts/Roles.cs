using System.Collections.Frozen;

namespace Cancela.Accounts;

/// <summary>The configured roles and what each may do.</summary>
internal sealed class Roles(RoleOptions options)
{
    /// <summary>The role that everybody starts with.</summary>
    public const string User = "USER";

    /// <summary>The role that manages other people's accounts. At least one active account always has it.</summary>
    public const string Administrator = "ADMIN";

    private static readonly string[] OwnAccount = ["account"];

    private readonly FrozenDictionary<string, string[]> _scopes = options.Scopes.ToFrozenDictionary(
        static role => role.Key,
        static role => (string[])[.. OwnAccount.Concat(role.Key == Administrator ? ["admin"] : []).Concat(role.Value).Distinct(StringComparer.Ordinal)],
        StringComparer.Ordinal);

    /// <summary>Whether the role is configured.</summary>
    public bool Exists(string role) => _scopes.ContainsKey(role);

    /// <summary>What the role may do. A role that was taken out of the settings keeps its people's own accounts, and no more.</summary>
    public IReadOnlyList<string> ScopesOf(string role) => _scopes.GetValueOrDefault(role, OwnAccount);
}
