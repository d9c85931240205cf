using Cancela.Strategies;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>Who passed the gate with this request, by which carrier, and what the framework was told of it.</summary>
internal sealed record CurrentCaller(Caller Caller, bool ByCookie, AuthenticateResult Result)
{
    /// <summary>For endpoints behind the gate: nobody gets there without having passed.</summary>
    public static CurrentCaller Of(HttpContext context) =>
        context.Features.Get<CurrentCaller>() ?? throw new InvalidOperationException("The endpoint is not behind the gate.");

    public static Caller CallerOf(HttpContext context) => Of(context).Caller;
}
