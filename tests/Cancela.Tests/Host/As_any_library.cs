using System.Security.Claims;
using System.Text.Json;
using Cancela.Accounts;
using Cancela.Gate;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Host;

/// <summary>What an ASP.NET Core developer expects without reading our documents.</summary>
public sealed class As_any_library
{
    [Fact]
    public async Task All_endpoints_move_below_a_group()
    {
        await using var host = await CancelaHost.StartAsync(below: "/api");
        using var client = host.Client();
        (await client.PostAsync("/register", new { email = Person.Ada, password = Person.Password })).Expect(404);
        (await client.PostAsync("/api/register", new { email = Person.Ada, password = Person.Password })).Expect(201);
        (await client.PostAsync("/api/auth/login", new { email = Person.Ada, password = Person.Password })).Expect(200);
        (await client.GetAsync("/api/auth/me")).Expect(200);

        var metadata = (await client.GetAsync("/api/.well-known/oauth-authorization-server")).Expect(200);
        Assert.Equal(new Uri(host.Address, "/api/auth/token").ToString(), metadata.Text("token_endpoint"));
        (await client.PostAsync("/api/auth/logout")).Expect(204);
        (await client.GetAsync("/api/auth/me")).Expect(401);
    }

    [Fact]
    public async Task A_fallback_policy_of_the_host_leaves_our_open_doors_open()
    {
        await using var host = await CancelaHost.StartAsync(
            services: services => services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()),
            configure: app => app.MapGet("/own", () => "ok"));
        using var client = host.Client();
        (await client.GetAsync("/own")).Expect(401, "not_authenticated");
        (await client.GetAsync("/.well-known/jwks.json")).Expect(200);
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        (await client.GetAsync("/own")).Expect(200);
        (await client.PostAsync("/auth/logout")).Expect(204);
    }

    [Fact]
    public async Task Controllers_are_guarded_by_their_attributes()
    {
        await using var host = await CancelaHost.StartAsync(
            services: services => services.AddControllers().AddApplicationPart(typeof(OrdersController).Assembly), configure: app => app.MapControllers());
        using var client = host.Client();
        (await client.GetAsync("/mvc/orders/public")).Expect(200);
        (await client.GetAsync("/mvc/orders")).Expect(401, "not_authenticated");

        var user = await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        Assert.Equal(user.GetProperty("id").GetString(), (await client.GetAsync("/mvc/orders")).Expect(200).Body);
        (await client.GetAsync("/mvc/orders/all")).Expect(403, "forbidden");

        await host.ChangeAsync(user.GetProperty("id").GetGuid(), new AccountChange { Role = Roles.Administrator });
        await host.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal("all", (await client.GetAsync("/mvc/orders/all")).Expect(200).Body);
    }

    [Fact]
    public async Task The_user_is_who_the_framework_s_helpers_say()
    {
        await using var host = await CancelaHost.StartAsync(configure: app =>
        {
            app.MapGet("/user", (ClaimsPrincipal user) => $"""
                {user.Identity!.Name} {user.Identity.IsAuthenticated} {user.FindFirstValue(ClaimTypes.NameIdentifier)} {user.IsInRole("USER")} {user.IsInRole("ADMIN")}
                """);
            app.MapGet("/asked", async (HttpContext context) =>
                (await context.AuthenticateAsync(CancelaDefaults.AuthenticationScheme)).Principal?.Identity?.Name ?? "nobody");
        });
        using var client = host.Client();
        Assert.Equal(" False  False False", (await client.GetAsync("/user")).Expect(200).Body);
        Assert.Equal("nobody", (await client.GetAsync("/asked")).Expect(200).Body);

        var id = (await client.RegisterAsync(Person.Ada)).GetProperty("id").GetString();
        await client.TokenAsync(Person.Ada);
        Assert.Equal($"{Person.Ada} True {id} True False", (await client.GetAsync("/user")).Expect(200).Body);
        Assert.Equal(Person.Ada, (await client.GetAsync("/asked")).Expect(200).Body);
    }

    [Fact]
    public async Task The_host_s_JSON_is_its_own_and_ours_is_the_contract_s()
    {
        await using var host = await CancelaHost.StartAsync(
            services: services => services.ConfigureHttpJsonOptions(options =>
            {
                options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper;
                options.SerializerOptions.AllowTrailingCommas = true;
            }),
            configure: app => app.MapGet("/own", () => new Order(1)));
        using var client = host.Client();
        var user = await client.RegisterAsync(Person.Ada);
        Assert.False(user.GetProperty("email_verified").GetBoolean());
        (await client.FormAsync("/auth/token", ("username", Person.Ada), ("password", Person.Password))).Expect(200).Text("access_token");
        Assert.Equal("not_authenticated", (await client.GetAsync("/auth/me")).Text("code"));
        Assert.Equal("""{"ORDER-NUMBER":1}""", (await client.GetAsync("/own")).Expect(200).Body);

        using var trailing = new HttpRequestMessage(HttpMethod.Post, "/auth/login")
        {
            Content = new StringContent($$"""{"email":"{{Person.Ada}}","password":"{{Person.Password}}",}""", System.Text.Encoding.UTF8, "application/json"),
        };
        (await client.SendAsync(trailing)).Expect(400, "malformed_request");
    }

    [Fact]
    public async Task Two_hosts_in_one_process_are_strangers()
    {
        await using var one = await CancelaHost.StartAsync(settings: new() { ["Signing:Secret"] = "b25lIHNlY3JldCBvZiB0aGUgdHdvLCBsb25nIGVub3VnaCE" });
        await using var other = await CancelaHost.StartAsync(settings: new() { ["Language"] = "en" });
        using var here = one.Client();
        using var there = other.Client();
        await here.RegisterAsync(Person.Ada);
        await here.LoginAsync(Person.Ada);
        await here.TokenAsync(Person.Ada);
        (await here.GetAsync("/auth/me")).Expect(200);

        there.Bearer = here.Bearer;
        Assert.Equal("Invalid or malformed token", (await there.GetAsync("/auth/me")).Expect(401, "token_malformed").Text("detail"));
        there.Bearer = null;
        foreach (var (name, value) in here.Cookies) there.Cookies[name] = value;
        (await there.GetAsync("/auth/me")).Expect(401, "session_invalid");
        there.Cookies.Clear();
        (await there.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password })).Expect(401, "invalid_credentials");
    }

    private sealed record Order(int OrderNumber);
}
