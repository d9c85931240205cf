using System.Globalization;
using System.Security.Claims;
using Cancela.Strategies;

namespace Cancela.Gate;

/// <summary>The caller as ASP.NET Core knows people: <c>User</c>, with the names that its policies and helpers look for.</summary>
internal static class Principals
{
    public static ClaimsPrincipal Of(Caller caller)
    {
        var id = caller.AccountId.ToString();
        var identity = new ClaimsIdentity(
            [
                new Claim("sub", id),
                new Claim(ClaimTypes.NameIdentifier, id),
                new Claim("email", caller.Email),
                new Claim("role", caller.Role),
                new Claim("scope", caller.Scope),
                new Claim("sid", caller.SessionId.ToString()),
                new Claim("amr", caller.Methods),
                new Claim("auth_time", caller.AuthenticatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
            ],
            CancelaDefaults.AuthenticationScheme, nameType: "email", roleType: "role");
        return new ClaimsPrincipal(identity);
    }
}
