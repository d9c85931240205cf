using Cancela.Strategies;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>Lets in whom a strategy recognised: the principal, who is calling, and that the session is in use.</summary>
internal sealed class Admission(Principals principals, LastSeen lastSeen)
{
    public AuthenticateResult Admit(HttpContext context, Caller caller, bool byCookie)
    {
        lastSeen.Mark(caller.SessionId);
        var result = AuthenticateResult.Success(new AuthenticationTicket(principals.Of(caller), CancelaDefaults.AuthenticationScheme));
        context.Features.Set(new CurrentCaller(caller, byCookie, result));
        return result;
    }
}
