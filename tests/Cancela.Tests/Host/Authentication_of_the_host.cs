using System.Security.Claims;
using Cancela.Gate;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Xunit;

namespace Cancela.Tests.Host;

/// <summary>The gate takes a shorter way past the framework's authentication where a credential plainly passes. Whatever a host puts in its place is heard as ever.</summary>
public sealed class Authentication_of_the_host
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_service_of_the_hosts_own_is_asked_whichever_comes_first(bool hostFirst)
    {
        var builder = WebApplication.CreateSlimBuilder();
        if (hostFirst) builder.Services.AddAuthenticationCore().AddScoped<IAuthenticationService, Own>();
        builder.Services.AddCancela();
        if (!hostFirst) builder.Services.AddScoped<IAuthenticationService, Own>();
        await using var services = builder.Services.BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();

        Assert.IsType<Own>(scope.ServiceProvider.GetRequiredService<IAuthenticationService>());
    }

    [Fact]
    public async Task A_service_that_is_put_around_ours_is_asked_about_every_request()
    {
        await using var host = await StartAsync(static services =>
        {
            var ours = services.Last(static service => service.ServiceType == typeof(IAuthenticationService)).ImplementationFactory!;
            services.Replace(ServiceDescriptor.Scoped<IAuthenticationService>(at => new Around((IAuthenticationService)ours(at))));
        });
        using var client = await SignedInAsync(host);

        Assert.Equal("Cancela around", (await client.GetAsync("/who")).Expect(200).Body);
    }

    [Fact]
    public async Task Asked_again_it_says_the_same_with_the_same_principal()
    {
        await using var host = await StartAsync();
        using var client = await SignedInAsync(host);

        for (var i = 0; i < 2; i++) Assert.Equal("True True Cancela", (await client.GetAsync("/again")).Expect(200).Body);
    }

    [Fact]
    public async Task Who_passed_is_challenged_and_forbidden_as_ever()
    {
        await using var host = await StartAsync();
        using var client = await SignedInAsync(host);

        (await client.GetAsync("/challenged")).Expect(401, "not_authenticated");
        (await client.GetAsync("/forbidden")).Expect(403, "forbidden");
    }

    [Fact]
    public async Task What_was_revoked_does_not_pass_by_either_way()
    {
        await using var host = await StartAsync();
        using var client = await SignedInAsync(host);
        using var sameSession = host.Client();
        foreach (var (name, value) in client.Cookies) sameSession.Cookies[name] = value;
        (await sameSession.GetAsync("/who")).Expect(200);

        (await client.PostAsync("/auth/logout")).Expect(204);

        (await sameSession.GetAsync("/who")).Expect(401, "session_invalid");
    }

    private static async Task<TestClient> SignedInAsync(CancelaHost host)
    {
        var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        return client;
    }

    private static Task<CancelaHost> StartAsync(Action<IServiceCollection>? services = null) => CancelaHost.StartAsync(
        services: services,
        configure: static app =>
        {
            app.MapGet("/who", static (HttpContext context) => string.Join(' ', context.User.Identities.Select(static identity => identity.AuthenticationType))).RequireAuthorization();
            app.MapGet("/again", static async (HttpContext context) =>
            {
                var byName = await context.AuthenticateAsync(CancelaDefaults.AuthenticationScheme);
                var byDefault = await context.AuthenticateAsync();
                return $"{ReferenceEquals(byName.Principal, context.User)} {byDefault.Succeeded} {byName.Ticket!.AuthenticationScheme}";
            }).RequireAuthorization();
            app.MapGet("/challenged", static () => Results.Challenge()).RequireAuthorization();
            app.MapGet("/forbidden", static () => Results.Forbid()).RequireAuthorization();
        });

    private sealed class Own(
        IAuthenticationSchemeProvider schemes, IAuthenticationHandlerProvider handlers, IClaimsTransformation transform, IOptions<AuthenticationOptions> options)
        : AuthenticationService(schemes, handlers, transform, options);

    private sealed class Around(IAuthenticationService ours) : IAuthenticationService
    {
        public async Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme)
        {
            var result = await ours.AuthenticateAsync(context, scheme);
            result.Principal?.AddIdentity(new ClaimsIdentity("around"));
            return result;
        }

        public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => ours.ChallengeAsync(context, scheme, properties);

        public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => ours.ForbidAsync(context, scheme, properties);

        public Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties) => ours.SignInAsync(context, scheme, principal, properties);

        public Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => ours.SignOutAsync(context, scheme, properties);
    }
}
