using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Gate;

/// <summary>Whether a host makes principals of its own out of ours.</summary>
internal static class Transformations
{
    // What this request has, not what was registered: a container may put its own around it, and a host choose by tenant.
    public static bool AreNone(IServiceProvider ofTheRequest) => ofTheRequest.GetService<IClaimsTransformation>()?.GetType() == typeof(NoopClaimsTransformation);
}
