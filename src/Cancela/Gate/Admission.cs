using Cancela.Accounts;
using Cancela.Strategies;
using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>Lets in whom a strategy recognised: the principal, and that the session is in use.</summary>
internal sealed class Admission(Principals principals, LastSeen lastSeen, SecondFactorPolicy secondFactor)
{
    /// <summary>Whether they signed in before their role needed a second factor. What they were handed opens nothing.</summary>
    public bool LacksSecondFactor(Caller caller) => !caller.ShowedSecondFactor && secondFactor.IsRequiredOf(caller.Role);

    public CurrentCaller Admit(HttpContext context, Caller caller, bool byCookie)
    {
        lastSeen.Mark(caller.SessionId);
        var current = principals.Of(caller, byCookie);
        context.Features.Set(current);
        return current;
    }
}
