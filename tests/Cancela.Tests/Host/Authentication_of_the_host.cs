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

    // As libraries do it: with the lifetime that they find, and with what a request has.
    [Fact]
    public async Task A_service_that_is_put_around_ours_is_asked_about_every_request_with_what_is_of_that_request()
    {
        await using var host = await StartAsync(static services =>
        {
            var ours = services.Last(static service => service.ServiceType == typeof(IAuthenticationService));
            services.AddScoped<OfTheRequest>();
            services.Replace(ServiceDescriptor.Describe(
                typeof(IAuthenticationService), at => new Around((IAuthenticationService)ours.ImplementationFactory!(at), at.GetRequiredService<OfTheRequest>()), ours.Lifetime));
        });
        using var client = await SignedInAsync(host);

        for (var i = 0; i < 2; i++) Assert.Equal("Cancela around 1", (await client.GetAsync("/who")).Expect(200).Body);
    }

    [Fact]
    public async Task A_provider_of_handlers_of_the_hosts_own_is_asked()
    {
        await using var host = await StartAsync(static services => services.Replace(ServiceDescriptor.Scoped<IAuthenticationHandlerProvider, NobodysHandlers>()));
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var signedIn = await client.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password });
        signedIn.Expect(200);

        (await client.GetAsync("/seen")).Expect(200);
        Assert.Equal("nobody", (await client.GetAsync("/seen")).Body);
    }

    // Disposed by the request, which can wait for it; and another one may be chosen for each.
    [Fact]
    public async Task A_transformation_is_each_requests_own()
    {
        await using var host = await StartAsync(static services => services.AddScoped<IClaimsTransformation>(static at =>
            at.GetRequiredService<IHttpContextAccessor>().HttpContext!.Request.Query.ContainsKey("tenant") ? new OfATenant() : new NoopClaimsTransformation()).AddHttpContextAccessor());
        using var client = await SignedInAsync(host);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("Cancela", (await client.GetAsync("/who")).Expect(200).Body);
            Assert.Equal("Cancela tenant", (await client.GetAsync("/who?tenant")).Expect(200).Body);
        }
    }

    [Fact]
    public async Task Who_passed_stays_so_when_the_host_takes_the_header_away()
    {
        await using var host = await StartAsync();
        using var client = await SignedInAsync(host);

        for (var i = 0; i < 2; i++) Assert.Equal("True True", (await client.GetAsync("/stripped")).Expect(200).Body);
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
            app.MapGet("/seen", static (HttpContext context) => context.User.Identity?.AuthenticationType ?? "nobody");
            app.MapGet("/stripped", static async (HttpContext context) =>
            {
                context.Request.Headers.Cookie = default;
                var again = await context.AuthenticateAsync(CancelaDefaults.AuthenticationScheme);
                return $"{again.Succeeded} {ReferenceEquals(again.Principal, context.User)}";
            }).RequireAuthorization();
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

    private sealed class OfTheRequest
    {
        public int Asked { get; set; }
    }

    private sealed class OfATenant : IClaimsTransformation, IAsyncDisposable
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            var added = new ClaimsPrincipal(principal);
            added.AddIdentity(new ClaimsIdentity("tenant"));
            return Task.FromResult(added);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class NobodysHandlers : IAuthenticationHandlerProvider
    {
        public Task<IAuthenticationHandler?> GetHandlerAsync(HttpContext context, string authenticationScheme) => Task.FromResult<IAuthenticationHandler?>(new Nobody());

        private sealed class Nobody : IAuthenticationHandler
        {
            public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context) => Task.CompletedTask;

            public Task<AuthenticateResult> AuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());

            public Task ChallengeAsync(AuthenticationProperties? properties) => Task.CompletedTask;

            public Task ForbidAsync(AuthenticationProperties? properties) => Task.CompletedTask;
        }
    }

    private sealed class Around(IAuthenticationService ours, OfTheRequest of) : IAuthenticationService
    {
        public async Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme)
        {
            var result = await ours.AuthenticateAsync(context, scheme);
            result.Principal?.AddIdentity(new ClaimsIdentity($"around {++of.Asked}"));
            return result;
        }

        public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => ours.ChallengeAsync(context, scheme, properties);

        public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => ours.ForbidAsync(context, scheme, properties);

        public Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties) => ours.SignInAsync(context, scheme, principal, properties);

        public Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => ours.SignOutAsync(context, scheme, properties);
    }
}
