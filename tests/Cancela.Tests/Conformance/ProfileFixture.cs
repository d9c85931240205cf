using Cancela.Gate;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>One host for the tests of a class: each brings people of its own, and time only goes on.</summary>
public abstract class ProfileFixture(string? profile) : IAsyncLifetime
{
    private CancelaHost? _host;

    internal CancelaHost Host => _host!;

    /// <summary>Settings below <c>Cancela:</c>, beside the profile's.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    public async ValueTask InitializeAsync() => _host = await CancelaHost.StartAsync(profile, Settings, MapOwn);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Endpoints of the host's own, which need nothing of Cancela but the gate.</summary>
    internal static void MapOwn(WebApplication app)
    {
        app.MapGet("/own", (HttpContext context) => context.User.FindFirst("sub")!.Value).RequireAuthorization();
        app.MapPost("/own", () => Results.NoContent()).RequireAuthorization();
        app.MapGet("/own/posts", () => "written").RequireScope("posts:write");
        app.MapGet("/own/desk", () => "administered").RequireRole("ADMIN");
        app.MapGet("/own/scheme", () => CancelaDefaults.AuthenticationScheme);
    }
}
