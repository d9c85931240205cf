using System.Net.Http.Headers;
using System.Text;
using Cancela.Server.Advice;
using Cancela.Tests.House;
using Cancela.Tests.Servers;
using Cancela.Tests.Strategies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Server.Advice;

/// <summary>What answers say about costs and about what works, tried on a running host.</summary>
public sealed class What_the_advice_rests_on
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("session")]
    [InlineData("jwt")]
    [InlineData("jwt-cookie")]
    [InlineData("refresh-denylist")]
    [InlineData("refresh-rotation")]
    public async Task The_costs_of_each_strategy_are_those_of_its_page_and_measured(string name)
    {
        var strategy = Strategy.All.Single(strategy => strategy.Name == name);
        var told = new Dictionary<string, string>
        {
            ["sign-in"] = $"{strategy.SignIn}", ["first request on a node"] = $"{strategy.FirstRequest}", ["each further request"] = $"{strategy.FurtherRequest}",
            ["credential, bytes"] = $"{strategy.Bytes}", ["logout"] = $"{strategy.Logout}",
        };
        if (strategy.Refresh is { } refresh) told["refresh"] = $"{refresh}";
        foreach (var costs in new[] { MarkdownTable.Rows(Repository.Read($"docs/strategies/{name}.md"), "cost").ToDictionary(row => row[0], row => row[1]), await MeasuredCosts.OfAsync(name) })
        {
            foreach (var (what, value) in told) Assert.Equal((what, value), (what, costs[what]));
            Assert.Equal(strategy.Refresh is not null, costs.ContainsKey("refresh"));
        }
    }

    [Fact]
    public async Task Whoever_asks_about_a_credential_costs_the_statements_that_topologies_say()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["Clients:0:Id"] = "orders", ["Clients:0:Secret"] = Secret });
        using var browser = host.Client();
        using var app = host.Client();
        await browser.RegisterAsync(Person.Ada);
        await browser.LoginAsync(Person.Ada);
        await app.TokenAsync(Person.Ada);
        await browser.GetAsync("/auth/me");
        await app.GetAsync("/auth/me");

        foreach (var topology in new[] { Facts.BackEndAsks, Facts.GatewayAsks }.Select(Topologies.Of))
        {
            Assert.Equal(topology.ByCookie, await CountAsync(async () => (await browser.GetAsync("/auth/me")).Expect(200)));
            Assert.Equal(topology.ByToken, await CountAsync(async () => (await app.GetAsync("/auth/me")).Expect(200)));
        }
        Assert.Equal(Topologies.Of(Facts.Introspection).ByCookie, await CountAsync(async () => (await browser.GetAsync("/auth/me")).Expect(200)));
        Assert.Equal(Topologies.Of(Facts.Introspection).ByToken, await CountAsync(async () => Assert.True((await IntrospectAsync(host, app.Bearer!)).Json.GetProperty("active").GetBoolean())));
        Assert.False((await IntrospectAsync(host, browser.Cookies.Values.Single())).Json.GetProperty("active").GetBoolean());

        async Task<int> CountAsync(Func<Task> work)
        {
            var before = host.Database.Statements;
            await work();
            return (int)(host.Database.Statements - before);
        }
    }

    // What "not in this version" says about app. and api.: a browser's page of a sibling host, with every setting that there is.
    [Fact]
    public async Task A_page_of_a_sibling_host_cannot_sign_in_by_cookie()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["AllowedOrigins:0"] = "https://app.example.com" });
        using var browser = host.Client();
        await browser.RegisterAsync(Person.Ada);
        browser.Headers["Origin"] = "https://app.example.com";
        browser.Headers["Sec-Fetch-Site"] = "same-site";
        (await browser.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password })).Expect(403, "cross_site_request");
    }

    [Fact]
    public async Task A_page_of_another_origin_signs_in_and_renews_with_tokens_where_the_host_speaks_CORS()
    {
        const string origin = "https://spa.example.org";
        await using var host = await CancelaHost.StartAsync(
            services: services => services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins(origin).WithHeaders("Authorization", "Content-Type").AllowAnyMethod())),
            configure: app => app.UseCors().UseAuthentication().UseAuthorization());
        using var page = host.Client();
        await page.RegisterAsync(Person.Ada);
        page.Headers["Origin"] = origin;
        page.Headers["Sec-Fetch-Site"] = "cross-site";
        foreach (var path in new[] { "/auth/token", "/auth/refresh", "/auth/logout" }) await PreflightAsync(page, path);
        var refresh = (await page.TokenAsync(Person.Ada)).Text("refresh_token");
        var me = (await page.GetAsync("/auth/me")).Expect(200);
        Assert.Equal(origin, me.Headers["Access-Control-Allow-Origin"]);
        page.Bearer = refresh;
        page.Bearer = (await page.PostAsync("/auth/refresh")).Expect(200).Text("access_token");
        (await page.PostAsync("/auth/logout")).Expect(204);
        // A refusal, too, can be read by the page.
        Assert.Equal(origin, (await page.GetAsync("/auth/me")).Expect(401).Headers["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task A_gateway_that_asks_GET_auth_me_lets_nobody_through_who_was_signed_out()
    {
        Assert.SkipUnless(NginxServer.IsInstalled, NginxServer.Missing);
        await using var cancela = await CancelaHost.StartAsync(configure: app => app.MapGet("/private", (Microsoft.AspNetCore.Http.HttpRequest request) => $"{request.Headers.Cookie}{request.Headers.Authorization}"));
        await using var gateway = await NginxServer.StartAsync(port =>
            $$"""
            server {
                listen 127.0.0.1:{{port}};
                location /auth/ { proxy_pass {{cancela.Address}}auth/; }
                location = /asked { internal; proxy_pass {{cancela.Address}}auth/me; proxy_pass_request_body off; proxy_set_header Content-Length ""; }
                location /private { auth_request /asked; proxy_pass {{cancela.Address}}private; }
            }
            """);
        using var browser = new TestClient(gateway.Address);
        using var app = new TestClient(gateway.Address);
        using var registers = cancela.Client();
        await registers.RegisterAsync(Person.Ada);
        (await browser.GetAsync("/private")).Expect(401);
        await browser.LoginAsync(Person.Ada);
        await app.TokenAsync(Person.Ada);
        // The credential arrives unchanged: from it, and from no header of the gateway's, the API learns who calls.
        Assert.Contains(browser.Cookies.Values.Single(), (await browser.GetAsync("/private")).Expect(200).Body, StringComparison.Ordinal);
        Assert.Equal($"Bearer {app.Bearer}", (await app.GetAsync("/private")).Expect(200).Body);
        await registers.LoginAsync(Person.Ada);
        (await registers.DeleteAsync("/auth/sessions")).Expect(204);
        (await browser.GetAsync("/private")).Expect(401);
        (await app.GetAsync("/private")).Expect(401);
    }

    private static async Task<Reply> IntrospectAsync(CancelaHost host, string credential)
    {
        using var service = host.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/introspect") { Content = new FormUrlEncodedContent([KeyValuePair.Create("token", credential)]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"orders:{Secret}")));
        return (await service.SendAsync(request)).Expect(200);
    }

    private static async Task PreflightAsync(TestClient page, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization");
        Assert.Equal("https://spa.example.org", (await page.SendAsync(request)).Expect(204).Headers["Access-Control-Allow-Origin"]);
    }
}
