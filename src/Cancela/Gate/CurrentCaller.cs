using Cancela.Strategies;
using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>Who passed the gate with this request, and by which carrier.</summary>
internal sealed record CurrentCaller(Caller Caller, bool ByCookie)
{
    /// <summary>For endpoints behind the gate: nobody gets there without having passed.</summary>
    public static CurrentCaller Of(HttpContext context) =>
        context.Features.Get<CurrentCaller>() ?? throw new InvalidOperationException("The endpoint is not behind the gate.");

    public static Caller CallerOf(HttpContext context) => Of(context).Caller;
}
