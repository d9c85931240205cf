using System.Security.Claims;
using System.Security.Principal;
using Cancela.Strategies;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>
/// Who passed the gate with this request, and by which carrier: to the framework its principal. The identity is made when somebody asks for
/// it: who only has to be let in needs none. It belongs to the request, and a host may change it as it may change any other.
/// </summary>
internal sealed class CurrentCaller : ClaimsPrincipal
{
    private readonly Principals _principals;
    private volatile bool _made;

    /// <param name="caller">Who passed.</param>
    /// <param name="byCookie">With a cookie, and not with a bearer token.</param>
    /// <param name="principals">Knows what is said of them, when that is asked.</param>
    public CurrentCaller(Caller caller, bool byCookie, Principals principals)
    {
        (Caller, ByCookie, _principals) = (caller, byCookie, principals);
        Result = AuthenticateResult.Success(new AuthenticationTicket(this, CancelaDefaults.AuthenticationScheme));
        Passed = Task.FromResult(Result);
    }

    public Caller Caller { get; }

    public bool ByCookie { get; }

    /// <summary>What the framework is told.</summary>
    public AuthenticateResult Result { get; }

    /// <summary>The same as what the framework waits for, however often it asks.</summary>
    public Task<AuthenticateResult> Passed { get; }

    /// <summary>Who passed, while nobody has seen the identity and may have changed it. Afterwards <see langword="null"/>: it says.</summary>
    public Caller? Untouched => _made ? null : Caller;

    /// <summary>For endpoints behind the gate: nobody gets there without having passed.</summary>
    public static CurrentCaller Of(HttpContext context) =>
        context.Features.Get<CurrentCaller>() ?? throw new InvalidOperationException("The endpoint is not behind the gate.");

    public static Caller CallerOf(HttpContext context) => Of(context).Caller;

    // What the base class asks of its list, and not of a property that is overridden here, finds the identity there.
    public override IEnumerable<ClaimsIdentity> Identities
    {
        get
        {
            Make();
            return base.Identities;
        }
    }

    public override IIdentity? Identity
    {
        get
        {
            Make();
            return base.Identity;
        }
    }

    public override void AddIdentity(ClaimsIdentity identity)
    {
        Make();
        base.AddIdentity(identity);
    }

    public override void AddIdentities(IEnumerable<ClaimsIdentity> identities)
    {
        Make();
        base.AddIdentities(identities);
    }

    public override Claim? FindFirst(string type)
    {
        Make();
        return base.FindFirst(type);
    }

    public override bool HasClaim(Predicate<Claim> match)
    {
        Make();
        return base.HasClaim(match);
    }

    public override bool HasClaim(string type, string value)
    {
        Make();
        return base.HasClaim(type, value);
    }

    public override bool IsInRole(string role)
    {
        if (Untouched is { } known) return known.Role == role;
        return base.IsInRole(role);
    }

    protected override void WriteTo(BinaryWriter writer, byte[]? userData)
    {
        Make();
        base.WriteTo(writer, userData);
    }

    // A host may read it on several threads at once.
    private void Make()
    {
        if (_made) return;
        lock (base.Identities)
        {
            if (_made) return;
            base.AddIdentity(new ClaimsIdentity(_principals.ClaimsOf(Caller), CancelaDefaults.AuthenticationScheme, nameType: "email", roleType: "role"));
            _made = true;
        }
    }
}
