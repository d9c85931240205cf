using System.CodeDom.Compiler;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Endpoints;

/// <summary>A handler that the generator does not see would be written and compiled at each start of each host.</summary>
public sealed class Endpoints_at_compile_time
{
    [Fact]
    public async Task The_code_of_each_is_in_the_library()
    {
        await using var host = await CancelaHost.StartAsync();
        var ours = host.Services.GetServices<EndpointDataSource>().SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.OfType<System.Reflection.MethodInfo>().Any(static method => method.DeclaringType?.Assembly == typeof(Cancela.Endpoints.Routes).Assembly))
            .ToList();

        // At least those of one's own and of administrators: with a method, and for what is not asked for.
        Assert.InRange(ours.Count, 40, int.MaxValue);
        Assert.All(ours, static endpoint => Assert.Contains("RequestDelegateGenerator", endpoint.Metadata.GetMetadata<GeneratedCodeAttribute>()?.Tool ?? "", StringComparison.Ordinal));
    }
}
