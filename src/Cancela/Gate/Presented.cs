using Cancela.Strategies;
using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>Who passed the gate with this request, and by which carrier.</summary>
internal sealed record Presented(Caller Caller, bool ByCookie)
{
    /// <summary>For endpoints behind the gate: nobody gets there without having passed.</summary>
    public static Caller CallerOf(HttpContext context) => context.Features.GetRequiredFeature<Presented>().Caller;
}
