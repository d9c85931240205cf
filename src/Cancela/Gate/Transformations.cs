using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Gate;

/// <summary>Whether a host makes principals of its own out of ours.</summary>
internal static class Transformations
{
    // What is resolved, not what was registered: a container may put its own around it.
    public static bool AreNone(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        return scope.ServiceProvider.GetService<IClaimsTransformation>()?.GetType() == typeof(NoopClaimsTransformation);
    }
}
