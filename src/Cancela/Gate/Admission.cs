using Cancela.Strategies;
using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>Lets in whom a strategy recognised: the principal, and that the session is in use.</summary>
internal sealed class Admission(Principals principals, LastSeen lastSeen)
{
    public CurrentCaller Admit(HttpContext context, Caller caller, bool byCookie)
    {
        lastSeen.Mark(caller.SessionId);
        var current = principals.Of(caller, byCookie);
        context.Features.Set(current);
        return current;
    }
}
