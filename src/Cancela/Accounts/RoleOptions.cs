using System.Text.RegularExpressions;

namespace Cancela.Accounts;

/// <summary>Which roles there are, and what each may do (<c>Cancela:Roles</c>).</summary>
public sealed partial class RoleOptions
{
    /// <summary>
    /// Role → its scopes: <c>{ "EDITOR": ["posts:write"] }</c> adds a role. Every role also has the scope <c>account</c>
    /// (manage one's own account), and <c>ADMIN</c> has <c>admin</c>. Default: <c>USER</c> and <c>ADMIN</c>, with nothing
    /// more. Names of roles are upper-case letters, digits and underscores.
    /// </summary>
    public IDictionary<string, string[]> Scopes { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Roles.User] = [],
        [Roles.Administrator] = [],
    };

    internal IEnumerable<string> Faults()
    {
        foreach (var needed in new[] { Roles.User, Roles.Administrator }.Where(needed => !Scopes.ContainsKey(needed)))
        {
            yield return $"Cancela:Roles must contain {needed}.";
        }
        foreach (var role in Scopes.Keys.Where(role => !RoleName().IsMatch(role)))
        {
            yield return $"Cancela:Roles: '{role}' is not a name of a role: use A to Z, 0 to 9 and _, beginning with a letter.";
        }
        foreach (var (role, scopes) in Scopes)
        {
            foreach (var scope in scopes.Where(scope => !ScopeToken().IsMatch(scope)))
            {
                yield return $"Cancela:Roles:{role}: '{scope}' is not a scope: use printable ASCII without spaces, quotes and backslashes.";
            }
        }
    }

    [GeneratedRegex(@"^[A-Z][A-Z0-9_]{0,63}\z")]
    private static partial Regex RoleName();

    // RFC 6749 section 3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
    [GeneratedRegex(@"^[\x21\x23-\x5B\x5D-\x7E]+\z")]
    private static partial Regex ScopeToken();
}
