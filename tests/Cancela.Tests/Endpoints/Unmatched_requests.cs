using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Cancela.Tests.Endpoints;

/// <summary>Our paths, asked for what they do not offer. The paths are those that are mapped, so a new one is asked too.</summary>
public sealed class Unmatched_requests
{
    private static readonly Guid Id = Guid.CreateVersion7();

    [Theory]
    [InlineData(null)]
    [InlineData("/api")]
    public async Task Another_method_is_405_with_those_that_there_are(string? below)
    {
        await using var host = await CancelaHost.StartAsync(below: below);
        using var client = host.Client();
        foreach (var path in Paths(host))
        {
            var reply = await client.SendAsync(new(HttpMethod.Patch, path.Key.Replace("{id:guid}", $"{Id}").Replace("{sessionId:guid}", $"{Id}")));
            Assert.Equal(path.Order(), reply.Expect(405, "method_not_allowed").Header("Allow")!.Split(", ").Order());
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/api")]
    public async Task An_identifier_that_is_none_is_404_whatever_the_method(string? below)
    {
        await using var host = await CancelaHost.StartAsync(below: below);
        using var client = host.Client();
        var paths = Paths(host).Where(path => path.Key.Contains('{', StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(paths);
        foreach (var path in paths)
        {
            var malformed = path.Key.Replace("{id:guid}", "7").Replace("{sessionId:guid}", $"{Id}");
            foreach (var method in path.Append("PATCH")) (await client.SendAsync(new(new HttpMethod(method), malformed))).Expect(404, "not_found");
        }
    }

    [Fact]
    public async Task Another_content_type_is_415_below_a_group_too()
    {
        await using var host = await CancelaHost.StartAsync(below: "/api");
        using var client = host.Client();
        foreach (var path in new[] { "/api/register", "/api/auth/login", "/api/auth/token" })
            (await client.SendAsync(new(HttpMethod.Post, path) { Content = new StringContent("x") })).Expect(415, "unsupported_media_type");
    }

    [Fact]
    public async Task A_path_of_the_host_stays_the_host_s()
    {
        await using var host = await CancelaHost.StartAsync(configure: app => app.MapPatch("/users/{id:guid}", () => "the host's"));
        using var client = host.Client();
        Assert.Equal("the host's", (await client.SendAsync(new(HttpMethod.Patch, $"/users/{Id}"))).Expect(200).Body);
        Assert.Equal("DELETE, GET, PATCH, PUT", string.Join(", ", (await client.PostAsync($"/users/{Id}")).Expect(405).Header("Allow")!.Split(", ").Order()));
    }

    // The path, and the methods that it has.
    private static ILookup<string, string> Paths(CancelaHost host) =>
        House.Endpoints.Of(host.Services).Select(endpoint => endpoint.Split(' ')).ToLookup(parts => parts[1], parts => parts[0]);
}
