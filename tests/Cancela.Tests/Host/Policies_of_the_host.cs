using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Host;

/// <summary>The gate takes a shorter way where a policy is plainly met. Whatever a host adds to authorization is heard as ever.</summary>
public sealed class Policies_of_the_host
{
    [Fact]
    public async Task What_one_request_adds_to_its_user_no_other_request_sees()
    {
        await using var host = await StartAsync();
        using var client = await SignedInAsync(host);

        for (var i = 0; i < 3; i++) Assert.Equal("added 1, email 1, of this identity 9", (await client.GetAsync("/adding")).Expect(200).Body);
        for (var i = 0; i < 3; i++) (await client.GetAsync("/promoting")).Expect(200);
        (await client.GetAsync("/administrators")).Expect(403, "forbidden");
    }

    [Theory]
    [InlineData("/users-only", 200)]
    [InlineData("/administrators", 403)]
    [InlineData("/administrators-or-users", 200)]
    [InlineData("/both-roles", 403)]
    [InlineData("/by-attribute", 200)]
    [InlineData("/own-account", 200)]
    [InlineData("/users", 403)]
    [InlineData("/asserting-yes", 200)]
    [InlineData("/asserting-no", 403)]
    [InlineData("/asking-more", 403)]
    [InlineData("/asking-more-of-a-role", 403)]
    public async Task A_policy_says_what_it_says_without_us(string path, int status)
    {
        await using var host = await StartAsync();
        using var client = await SignedInAsync(host);
        for (var i = 0; i < 2; i++) (await client.GetAsync(path)).Expect(status);
        using var stranger = host.Client();
        (await stranger.GetAsync(path)).Expect(401, "not_authenticated");
    }

    [Fact]
    public async Task A_handler_that_forbids_is_asked_about_policies_that_are_met_without_it()
    {
        await using var host = await StartAsync(static services => services.AddScoped<IAuthorizationHandler, Forbidding>());
        using var client = await SignedInAsync(host);
        (await client.GetAsync("/users-only")).Expect(403, "forbidden");
        (await client.GetAsync("/own-account")).Expect(403, "forbidden");
    }

    [Fact]
    public async Task A_handler_that_is_chosen_for_each_request_is_asked_also_when_it_was_another_at_first()
    {
        await using var host = await StartAsync(static services =>
        {
            services.AddHttpContextAccessor();
            services.AddScoped<IAuthorizationHandler>(static at =>
                at.GetRequiredService<IHttpContextAccessor>().HttpContext!.Request.Headers.ContainsKey("X-Strict") ? new Forbidding() : new PassThroughAuthorizationHandler());
        });
        using var client = await SignedInAsync(host);
        (await client.GetAsync("/users-only")).Expect(200);
        client.Headers["X-Strict"] = "1";
        (await client.GetAsync("/users-only")).Expect(403, "forbidden");
    }

    // As a container of somebody else's has it: nothing of it stands among the services that were registered.
    [Fact]
    public async Task A_service_that_is_put_around_the_frameworks_is_asked()
    {
        await using var host = await StartAsync(static services =>
        {
            var framework = services.Last(static service => service.ServiceType == typeof(IAuthorizationService)).ImplementationType!;
            services.AddTransient<IAuthorizationService>(at => new Around((IAuthorizationService)ActivatorUtilities.CreateInstance(at, framework)));
        });
        using var client = await SignedInAsync(host);
        (await client.GetAsync("/users-only")).Expect(403, "forbidden");
    }

    [Theory]
    [InlineData("ADMIN", "/administrators", 200)]
    [InlineData("ADMIN", "/users-only", 403)]
    [InlineData("USER", "/administrators", 403)]
    public async Task Roles_are_those_of_the_principal_as_the_host_transforms_it(string role, string path, int status)
    {
        await using var host = await StartAsync(services => services.AddSingleton<IClaimsTransformation>(new Transforming(role)));
        using var client = await SignedInAsync(host);
        for (var i = 0; i < 2; i++) (await client.GetAsync(path)).Expect(status);
    }

    // The framework authenticates again for a policy that names a scheme: what was added lasts where the principal is the same, and is gone where another one is made.
    [Theory]
    [InlineData(false, 200)]
    [InlineData(true, 403)]
    public async Task What_is_added_before_a_policy_that_names_the_scheme_lasts_as_long_as_the_principal(bool transformed, int status)
    {
        await using var host = await StartAsync(
            services: services => { if (transformed) services.AddSingleton<IClaimsTransformation>(new Transforming("USER")); },
            filter: static app => app.Use(static (context, next) =>
            {
                context.User.AddIdentity(new ClaimsIdentity([new Claim("role", "ADMIN")], "more", "name", "role"));
                return next(context);
            }));
        using var client = await SignedInAsync(host);
        (await client.GetAsync("/administrators-of-the-scheme")).Expect(status);
        (await client.GetAsync("/administrators")).Expect(200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_evaluator_of_the_hosts_own_stays(bool hostFirst)
    {
        var builder = WebApplication.CreateSlimBuilder();
        if (hostFirst) builder.Services.AddSingleton<IPolicyEvaluator, Evaluating>();
        builder.Services.AddCancela();
        if (!hostFirst) builder.Services.AddSingleton<IPolicyEvaluator, Evaluating>();
        using var services = builder.Services.BuildServiceProvider();
        Assert.IsType<Evaluating>(services.GetRequiredService<IPolicyEvaluator>());
    }

    [Fact]
    public async Task A_user_that_the_host_puts_in_place_is_the_one_that_is_judged()
    {
        await using var host = await StartAsync(filter: static app => app.Use(static (context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("role", "ADMIN")], "mine", "name", "role"));
            return next(context);
        }));
        using var client = await SignedInAsync(host);
        Assert.Equal("mine", (await client.GetAsync("/any")).Expect(200).Body);
        // This one names our scheme: whom we know is put back.
        Assert.Equal("Cancela", (await client.GetAsync("/own-account")).Expect(200).Body);
    }

    private static async Task<TestClient> SignedInAsync(CancelaHost host)
    {
        var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        return client;
    }

    private static Task<CancelaHost> StartAsync(Action<IServiceCollection>? services = null, Action<WebApplication>? filter = null) => CancelaHost.StartAsync(
        services: services,
        configure: app =>
        {
            if (filter is not null)
            {
                app.UseAuthentication();
                filter(app);
                app.UseAuthorization();
            }
            app.MapGet("/adding", Adding).RequireAuthorization();
            app.MapGet("/promoting", Promoting).RequireAuthorization();
            app.MapGet("/any", Who).RequireAuthorization(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            app.MapGet("/users-only", Who).RequireRole("USER");
            app.MapGet("/administrators", Who).RequireAuthorization(new AuthorizeAttribute { Roles = "ADMIN" });
            app.MapGet("/administrators-of-the-scheme", Who).RequireRole("ADMIN");
            app.MapGet("/administrators-or-users", Who).RequireAuthorization(new AuthorizeAttribute { Roles = "ADMIN,USER" });
            app.MapGet("/both-roles", Who).RequireRole("USER").RequireRole("ADMIN");
            app.MapGet("/by-attribute", [Authorize(Roles = "USER")] (HttpContext context) => Who(context));
            app.MapGet("/own-account", Who).RequireScope("account");
            app.MapGet("/asserting-yes", Who).RequireAuthorization(new AuthorizationPolicyBuilder().RequireAssertion(static context => context.User.IsInRole("USER")).Build());
            app.MapGet("/asserting-no", Who).RequireAuthorization(new AuthorizationPolicyBuilder().RequireAssertion(static _ => false).Build());
            app.MapGet("/asking-more", Who).RequireAuthorization(new AuthorizationPolicyBuilder().AddRequirements(new NotAda()).Build());
            app.MapGet("/asking-more-of-a-role", Who).RequireAuthorization(new AuthorizationPolicyBuilder().AddRequirements(new RoleOfNotAda()).Build());
        });

    private static string Who(HttpContext context) => context.User.Identity!.AuthenticationType!;

    private static string Adding(HttpContext context)
    {
        var identity = (ClaimsIdentity)context.User.Identity!;
        identity.AddClaim(new Claim("added", "yes"));
        return $"added {identity.FindAll("added").Count()}, email {identity.FindAll("email").Count()}, of this identity {identity.Claims.Count(claim => claim.Subject == identity)}";
    }

    private static void Promoting(HttpContext context)
    {
        var identity = (ClaimsIdentity)context.User.Identity!;
        identity.RemoveClaim(identity.FindFirst("role"));
        identity.AddClaim(new Claim("role", "ADMIN"));
        context.User.AddIdentity(new ClaimsIdentity([new Claim("role", "ADMIN")], "more", "name", "role"));
    }

    private sealed class Forbidding : IAuthorizationHandler
    {
        public Task HandleAsync(AuthorizationHandlerContext context)
        {
            context.Fail();
            return Task.CompletedTask;
        }
    }

    private sealed class Around(IAuthorizationService framework) : IAuthorizationService
    {
        public async Task<AuthorizationResult> AuthorizeAsync(ClaimsPrincipal user, object? resource, IEnumerable<IAuthorizationRequirement> requirements) =>
            (await framework.AuthorizeAsync(user, resource, requirements)).Succeeded ? AuthorizationResult.Failed() : AuthorizationResult.Success();

        public Task<AuthorizationResult> AuthorizeAsync(ClaimsPrincipal user, object? resource, string policyName) => framework.AuthorizeAsync(user, resource, policyName);
    }

    private sealed class Transforming(string role) : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) =>
            Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity([new Claim("email", "x"), new Claim("role", role)], "Cancela", "email", "role")));
    }

    private sealed class Evaluating(IAuthorizationService authorization) : PolicyEvaluator(authorization);

    private sealed class NotAda : DenyAnonymousAuthorizationRequirement
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, DenyAnonymousAuthorizationRequirement requirement) =>
            context.User.Identity?.Name == Person.Ada ? Task.CompletedTask : base.HandleRequirementAsync(context, requirement);
    }

    private sealed class RoleOfNotAda() : RolesAuthorizationRequirement(["USER"])
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RolesAuthorizationRequirement requirement) =>
            context.User.Identity?.Name == Person.Ada ? Task.CompletedTask : base.HandleRequirementAsync(context, requirement);
    }
}
