namespace Cancela.Accounts;

/// <summary>Who needs a second factor. Section <c>Cancela:SecondFactor</c>.</summary>
public sealed class SecondFactorOptions
{
    /// <summary>
    /// Everybody: whoever has none is led to enrol one at the sign-in, and nothing is handed out, renewed or recognised without one
    /// (OWASP ASVS 6.3.3). Default off: who has one needs it, who has none does not.
    /// </summary>
    public bool Required { get; set; }

    /// <summary>The same for these roles only, for example <c>ADMIN</c>. Default none.</summary>
    public IList<string> RequiredRoles { get; } = [];

    internal IEnumerable<string> Faults(RoleOptions roles)
    {
        foreach (var unknown in RequiredRoles.Where(role => !roles.Scopes.ContainsKey(role)))
            yield return $"Cancela:SecondFactor:RequiredRoles: '{unknown}' is not a role of Cancela:Roles.";
    }
}
