using System.Globalization;
using System.Security.Claims;
using Cancela.Caching;
using Cancela.Strategies;

namespace Cancela.Gate;

/// <summary>The caller as ASP.NET Core knows people: <c>User</c>, with the names that its policies and helpers look for.</summary>
internal sealed class Principals
{
    private readonly ByIdentity<Caller, Claim[]> _claims = new(4_096);

    /// <summary>Each request gets a principal of its own.</summary>
    public CurrentCaller Of(Caller caller, bool byCookie) => new(caller, byCookie, this);

    /// <summary>What is said of a caller, to be copied and never handed out: worked out once for one that is remembered.</summary>
    public IReadOnlyList<Claim> ClaimsOf(Caller caller) => _claims.Find(caller) ?? _claims.Put(caller, WorkOut(caller));

    // An identity takes over no claim that has a subject, so these have one: it copies them.
    private static Claim[] WorkOut(Caller caller)
    {
        var id = caller.AccountId.ToString();
        return
        [
            .. new ClaimsIdentity(
            [
                new Claim("sub", id),
                new Claim(ClaimTypes.NameIdentifier, id),
                new Claim("email", caller.Email),
                new Claim("role", caller.Role),
                new Claim("scope", caller.Scope),
                new Claim("sid", caller.SessionId.ToString()),
                new Claim("amr", caller.Methods),
                new Claim("auth_time", caller.AuthenticatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
            ]).Claims,
        ];
    }
}
