using Cancela.Gate;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Host;

/// <summary>A host that authenticates some of its callers otherwise.</summary>
public sealed class Beside_another_scheme
{
    [Fact]
    public async Task The_default_that_the_host_names_is_heard_and_ours_goes_on()
    {
        await using var host = await StartAsync(HeaderScheme.Name);
        using var person = host.Client();
        await person.RegisterAsync(Person.Ada);
        await person.LoginAsync(Person.Ada);
        using var employee = host.Client();
        employee.Headers[HeaderScheme.Header] = "Eva";

        Assert.Equal("Eva", (await employee.GetAsync("/default")).Expect(200).Body);
        (await employee.GetAsync("/auth/me")).Expect(401, "not_authenticated");
        (await employee.GetAsync("/cancela")).Expect(401, "not_authenticated");
        (await employee.GetAsync("/users")).Expect(401, "not_authenticated");

        (await person.GetAsync("/default")).Expect(401);
        (await person.GetAsync("/auth/me")).Expect(200);
        Assert.Equal(Person.Ada, (await person.GetAsync("/cancela")).Expect(200).Body);
    }

    [Fact]
    public async Task Without_a_default_of_the_host_ours_is_it()
    {
        await using var host = await StartAsync(null);
        using var person = host.Client();
        await person.RegisterAsync(Person.Ada);
        await person.LoginAsync(Person.Ada);
        Assert.Equal(Person.Ada, (await person.GetAsync("/default")).Expect(200).Body);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_default_is_the_hosts_whoever_is_added_first(bool hostFirst)
    {
        var builder = WebApplication.CreateSlimBuilder();
        if (hostFirst) builder.Services.AddAuthentication(HeaderScheme.Name).AddScheme<AuthenticationSchemeOptions, HeaderScheme>(HeaderScheme.Name, null);
        builder.Services.AddCancela();
        if (!hostFirst) builder.Services.AddAuthentication(HeaderScheme.Name).AddScheme<AuthenticationSchemeOptions, HeaderScheme>(HeaderScheme.Name, null);
        await using var app = builder.Build();
        var schemes = app.Services.GetRequiredService<IAuthenticationSchemeProvider>();
        Assert.Equal(HeaderScheme.Name, (await schemes.GetDefaultAuthenticateSchemeAsync())!.Name);
    }

    [Fact]
    public async Task What_another_identity_of_the_caller_says_is_not_our_permission()
    {
        await using var host = await StartAsync(null);
        using var both = host.Client();
        both.Headers[HeaderScheme.Header] = "Eva";
        await both.RegisterAsync(Person.Ada);
        await both.TokenAsync(Person.Ada);

        Assert.Equal($"Eva {Person.Ada}", (await both.GetAsync("/either")).Expect(200).Body);
        (await both.GetAsync("/either/orders")).Expect(403, "insufficient_scope");
    }

    private static Task<CancelaHost> StartAsync(string? byDefault) => CancelaHost.StartAsync(
        services: services =>
        {
            var authentication = byDefault is null ? services.AddAuthentication() : services.AddAuthentication(byDefault);
            authentication.AddScheme<AuthenticationSchemeOptions, HeaderScheme>(HeaderScheme.Name, null);
        },
        configure: app =>
        {
            var either = new AuthorizeAttribute { AuthenticationSchemes = $"{HeaderScheme.Name},{CancelaDefaults.AuthenticationScheme}" };
            app.MapGet("/default", NameOf).RequireAuthorization();
            app.MapGet("/cancela", NameOf).RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = CancelaDefaults.AuthenticationScheme });
            app.MapGet("/either", (HttpContext context) => string.Join(' ', context.User.Identities.Select(identity => identity.Name).Order(StringComparer.Ordinal)))
                .RequireAuthorization(either);
            app.MapGet("/either/orders", NameOf).RequireAuthorization(either).RequireScope("orders:read");
        });

    private static string NameOf(HttpContext context) => context.User.Identity!.Name!;
}
