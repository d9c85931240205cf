using Cancela.Accounts;
using Cancela.Gate;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>Who may touch an account: its owner, and administrators. OWASP ASVS 8.2.2: for objects, not only for functions.</summary>
internal static class Ownership
{
    public static bool IsOwnOrAdministered(HttpContext context, Guid accountId) =>
        CurrentCaller.CallerOf(context).AccountId == accountId || IsAdministrator(context);

    public static bool IsAdministrator(HttpContext context)
    {
        var caller = CurrentCaller.CallerOf(context);
        return caller.Role == Roles.Administrator && caller.Has(CancelaDefaults.AdminScope);
    }
}
