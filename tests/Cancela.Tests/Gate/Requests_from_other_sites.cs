using Cancela.Gate;
using Xunit;

namespace Cancela.Tests.Gate;

public class Requests_from_other_sites
{
    private readonly CrossSiteGuard _guard = new(["https://spa.example.org/", "https://OTHER.example.org:8443"]);

    [Theory]
    [InlineData("same-origin", null, true)]
    [InlineData("none", null, true)]
    [InlineData("same-site", null, false)]
    [InlineData("cross-site", null, false)]
    [InlineData("Same-Origin", null, false)]
    [InlineData("", null, false)]
    [InlineData("cross-site", "https://app.example.com", false)]
    [InlineData("cross-site", "https://spa.example.org", false)]
    [InlineData("same-origin", "https://evil.example", true)]
    [InlineData(null, "https://app.example.com", true)]
    [InlineData(null, "HTTPS://APP.example.com", true)]
    [InlineData(null, "https://spa.example.org", true)]
    [InlineData(null, "https://other.example.org:8443", true)]
    [InlineData(null, "https://other.example.org", false)]
    [InlineData(null, "http://app.example.com", false)]
    [InlineData(null, "https://app.example.com:444", false)]
    [InlineData(null, "https://app.example.com.evil.example", false)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "null", false)]
    [InlineData(null, "", false)]
    [InlineData(null, null, true)]
    public void Where_an_unsafe_request_comes_from_decides(string? site, string? origin, bool passes)
    {
        foreach (var method in new[] { "POST", "PUT", "DELETE", "PATCH", "BREW" }) Assert.Equal(passes, _guard.Passes(Of(method, site, origin).Request));
        Assert.Equal(passes, _guard.ComesFromUs(Of("GET", site, origin).Request));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public void A_safe_method_passes_from_anywhere(string method) => Assert.True(_guard.Passes(Of(method, "cross-site", "https://evil.example").Request));

    [Fact]
    public void Two_headers_that_contradict_each_other_pass_nobody()
    {
        Assert.False(_guard.Passes(Request.Of("POST", headers: [("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site")]).Request));
        Assert.False(_guard.Passes(Request.Of("POST", headers: [("Origin", "https://app.example.com"), ("Origin", "https://evil.example")]).Request));
    }

    private static Microsoft.AspNetCore.Http.DefaultHttpContext Of(string method, string? site, string? origin)
    {
        var context = Request.Of(method);
        if (site is not null) context.Request.Headers["Sec-Fetch-Site"] = site;
        if (origin is not null) context.Request.Headers.Origin = origin;
        return context;
    }
}
