using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>S1: behind a BFF.</summary>
public sealed partial class S1_session
{
    /// <summary>
    /// "A BFF in front only forwards the cookie: it neither reads the session store nor validates anything." The one here knows
    /// an address, and two headers.
    /// </summary>
    [Fact]
    public async Task A_BFF_in_front_only_forwards_the_cookie()
    {
        var person = await SomebodyAsync();
        await using var bff = await StartBffAsync(Host.Address);
        using var browser = new TestClient(new Uri(bff.Urls.Single()));
        (await browser.GetAsync("/auth/me")).Expect(401, "not_authenticated");
        await browser.LoginAsync(person.Email);
        Assert.Equal(person.Id, (await browser.GetAsync("/auth/me")).Expect(200).Json.GetProperty("user").GetProperty("id").GetGuid());

        await Host.AdvanceAsync(Week - Second);
        Assert.Single((await browser.GetAsync("/auth/me")).Expect(200).SetCookies);
        (await browser.PostAsync("/auth/logout")).Expect(204);
        Assert.Empty(browser.Cookies);
    }

    /// <summary>"The browser's JavaScript never sees a credential": the cookie is HttpOnly, and no body holds what is in it.</summary>
    [Fact]
    public async Task The_browsers_JavaScript_never_sees_a_credential()
    {
        var person = await SomebodyAsync();
        using var browser = Host.Client();
        var login = await browser.LoginAsync(person.Email);
        var secret = browser.Cookies["session_id"];
        Assert.All(login.SetCookies, line => Assert.Contains("; HttpOnly;", line, StringComparison.Ordinal));
        foreach (var reply in new[] { login, await browser.GetAsync("/auth/me"), await browser.GetAsync("/auth/sessions") })
            Assert.DoesNotContain(secret, reply.Expect(200).Body, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartBffAsync(Uri api)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = api };
        app.Lifetime.ApplicationStopped.Register(http.Dispose);
        app.Map("/{**path}", async (HttpContext context) =>
        {
            using var forwarded = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path.Value);
            forwarded.Headers.TryAddWithoutValidation("Cookie", context.Request.Headers.Cookie.ToArray());
            if (context.Request.ContentType is { } type)
            {
                forwarded.Content = new StreamContent(context.Request.Body);
                forwarded.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
            using var answer = await http.SendAsync(forwarded, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            if (answer.Headers.TryGetValues("Set-Cookie", out var lines)) context.Response.Headers.SetCookie = lines.ToArray();
            if (answer.StatusCode != System.Net.HttpStatusCode.NoContent) await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        });
        await app.StartAsync();
        return app;
    }
}
