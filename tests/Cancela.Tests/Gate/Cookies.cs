using Cancela.Exchange;
using Cancela.Gate;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Cancela.Tests.Gate;

public class Cookies
{
    private readonly ManualClock _clock = new();

    private sealed class Place(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "test";
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }

    [Theory]
    [InlineData("__Host-session_id=abc", CookieCount.One, "abc")]
    [InlineData("a=1; __Host-session_id=abc; b=2", CookieCount.One, "abc")]
    [InlineData("a=1;__Host-session_id=abc;b=2", CookieCount.One, "abc")]
    [InlineData("__Host-session_id=", CookieCount.One, "")]
    [InlineData("__Host-session_id=a=b", CookieCount.One, "a=b")]
    [InlineData("__host-session_id=abc", CookieCount.None, "")]
    [InlineData("__Host-session_idx=abc", CookieCount.None, "")]
    [InlineData("x__Host-session_id=abc", CookieCount.None, "")]
    [InlineData("__Host-session_id", CookieCount.None, "")]
    [InlineData("session_id=abc", CookieCount.None, "")]
    [InlineData("", CookieCount.None, "")]
    [InlineData("__Host-session_id=abc; __Host-session_id=abc", CookieCount.Several, "abc")]
    [InlineData("__Host-session_id=abc; __HOST-SESSION_ID=def", CookieCount.One, "abc")]
    public void A_cookie_is_read_by_its_exact_name(string header, object count, string value)
    {
        Assert.Equal(count, Carrier().Read(Request.With(("Cookie", header)), out var read));
        Assert.Equal(value, read);
    }

    [Fact]
    public void Two_headers_with_one_cookie_each_are_several() =>
        Assert.Equal(CookieCount.Several, Carrier().Read(Request.With(("Cookie", "__Host-session_id=a"), ("Cookie", "__Host-session_id=b")), out _));

    [Fact]
    public void A_header_that_comes_again_is_read_by_the_name_that_counts_then()
    {
        var carrier = Carrier(environment: "Development");
        var header = ("Cookie", "__Host-session_id=secure; session_id=plain");
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(CookieCount.One, carrier.Read(Request.Of(url: "https://localhost/", peer: "127.0.0.1", headers: header), out var secure));
            Assert.Equal(CookieCount.One, carrier.Read(Request.Of(url: "http://localhost/", peer: "127.0.0.1", headers: header), out var plain));
            Assert.Equal(("secure", "plain"), (secure, plain));
        }
    }

    [Theory]
    [InlineData(43, true)]
    [InlineData(4_096, false)]
    public void A_header_that_comes_again_is_read_once_unless_it_fills_memory(int length, bool once)
    {
        var carrier = Carrier();
        var header = ("Cookie", "__Host-session_id=" + new string('a', length));
        carrier.Read(Request.With(header), out var first);
        carrier.Read(Request.With(header), out var second);

        Assert.Equal((length, first), (second.Length, second));
        Assert.Equal(once, ReferenceEquals(first, second));
    }

    [Fact]
    public void A_day_in_whole_seconds_from_now_is_a_day_for_the_browser()
    {
        var context = Request.Of();
        _clock.Advance(TimeSpan.FromMilliseconds(900));
        Carrier().Write(context, "abc", DateTimeOffset.FromUnixTimeSeconds(_clock.GetUtcNow().ToUnixTimeSeconds()).AddDays(1));

        Assert.EndsWith("; Max-Age=86400", Header(context));
    }

    [Theory]
    [InlineData("Production", "https://app.example.com/", "203.0.113.7", "__Host-session_id", true)]
    [InlineData("Production", "http://app.example.com/", "127.0.0.1", "__Host-session_id", true)]
    [InlineData("Development", "https://localhost/", "127.0.0.1", "__Host-session_id", true)]
    [InlineData("Development", "http://localhost/", "127.0.0.1", "session_id", false)]
    [InlineData("Development", "http://localhost/", "::1", "session_id", false)]
    [InlineData("Development", "http://app.example.com/", "203.0.113.7", "__Host-session_id", true)]
    [InlineData("Development", "http://localhost/", null, "__Host-session_id", true)]
    public void It_is_secure_but_for_plain_loopback_in_Development(string environment, string url, string? peer, string name, bool secure)
    {
        var context = Request.Of(url: url, peer: peer);
        Carrier(environment: environment).Write(context, "abc", _clock.GetUtcNow().AddDays(7));

        Assert.Equal($"{name}=abc; HttpOnly;{(secure ? " Secure;" : "")} SameSite=Lax; Path=/; Max-Age=604800", Header(context));
    }

    [Fact]
    public void A_name_of_ones_own_is_used_everywhere()
    {
        var carrier = Carrier(new CookieCarrierOptions { Name = "sid", SameSite = SameSiteMode.Strict });
        var context = Request.With(("Cookie", "__Host-session_id=no; sid=yes"));
        carrier.Write(context, "abc", _clock.GetUtcNow().AddMinutes(1));

        Assert.Equal(CookieCount.One, carrier.Read(context, out var value));
        Assert.Equal("yes", value);
        Assert.Equal("sid=abc; HttpOnly; Secure; SameSite=Strict; Path=/; Max-Age=60", Header(context));
    }

    [Fact]
    public void What_expired_already_is_not_kept()
    {
        var context = Request.Of();
        Carrier().Write(context, "abc", _clock.GetUtcNow().AddSeconds(-5));

        Assert.EndsWith("; Max-Age=0", Header(context));
    }

    [Fact]
    public void It_is_cleared_with_the_attributes_that_it_was_set_with()
    {
        var context = Request.Of();
        Carrier().Clear(context);

        Assert.Equal("__Host-session_id=; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=0", Header(context));
    }

    [Theory]
    [InlineData("before=old", "old")]
    [InlineData("after=new", "new")]
    [InlineData("before=old; __Host-session_id=abc; after=new", "abc")]
    [InlineData("before=old; after=new", "new")]
    public void Around_a_change_of_its_name_the_present_one_comes_first(string header, string value)
    {
        var former = new FormerOptions { Cookie = "before", Until = _clock.GetUtcNow().AddHours(1) };
        var carrier = Carrier(former: former, coming: new ComingOptions { Cookie = "after" });

        Assert.Equal(CookieCount.One, carrier.Read(Request.With(("Cookie", header)), out var read));
        Assert.Equal(value, read);
    }

    [Fact]
    public void The_former_name_is_read_until_the_window_ends_and_cleared_after_it()
    {
        var carrier = Carrier(former: new FormerOptions { Cookie = "before", Until = _clock.GetUtcNow().AddHours(1) });
        var context = Request.With(("Cookie", "before=abc"));
        Assert.True(carrier.CameByFormerName(context));

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.False(carrier.CameByFormerName(context));
        Assert.Equal(CookieCount.None, carrier.Read(context, out _));
        carrier.Clear(context);
        Assert.Equal(["__Host-session_id=", "before="], context.Response.Headers.SetCookie.Select(line => line!.Split(';')[0]));
    }

    [Fact]
    public void Two_cookies_of_the_former_name_are_several() =>
        Assert.Equal(
            CookieCount.Several,
            Carrier(former: new FormerOptions { Cookie = "before", Until = _clock.GetUtcNow().AddHours(1) }).Read(Request.With(("Cookie", "before=a; before=b")), out _));

    [Theory]
    [InlineData(SameSiteMode.None, null, "Cancela:Cookie:SameSite")]
    [InlineData(SameSiteMode.Lax, "", "Cancela:Cookie:Name")]
    [InlineData(SameSiteMode.Lax, "a b", "Cancela:Cookie:Name")]
    [InlineData(SameSiteMode.Lax, "a=b", "Cancela:Cookie:Name")]
    [InlineData(SameSiteMode.Lax, "é", "Cancela:Cookie:Name")]
    public void Settings_that_a_browser_would_not_keep_are_faults(SameSiteMode sameSite, string? name, string setting) =>
        Assert.StartsWith(setting, Assert.Single(new CookieCarrierOptions { SameSite = sameSite, Name = name }.Faults()));

    private CookieCarrier Carrier(CookieCarrierOptions? options = null, string environment = "Production", FormerOptions? former = null, ComingOptions? coming = null)
    {
        former ??= new FormerOptions();
        return new(options ?? new CookieCarrierOptions(), new Place(environment), _clock, new CookieNames(former, coming ?? new ComingOptions(), new Window(former, _clock)));
    }

    private static string Header(HttpContext context) => Assert.Single(context.Response.Headers.SetCookie)!;
}
