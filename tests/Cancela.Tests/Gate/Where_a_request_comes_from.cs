using Cancela.Gate;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Gate;

public class Where_a_request_comes_from
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData(null, null)]
    public void The_address_is_the_peers_and_an_IPv4_one_looks_like_one(string? peer, string? address) =>
        Assert.Equal(address, ClientInfoReader.Of(Request.Of(peer: peer)).IpAddress);

    [Fact]
    public void A_forwarded_address_is_not_read_here() =>
        Assert.Equal("203.0.113.7", ClientInfoReader.Of(Request.With(("X-Forwarded-For", "198.51.100.1"))).IpAddress);

    [Theory]
    [InlineData("curl/8.0", "curl/8.0")]
    [InlineData("a\tb", "a b")]
    [InlineData("a\u001b[31mb", "a [31mb")]
    [InlineData("a\u0085b\u007fc", "a b c")]
    [InlineData("a\ud83d\ude00b", "a  b")]
    [InlineData("", null)]
    public void What_could_break_a_line_or_a_terminal_becomes_a_space(string agent, string? told) =>
        Assert.Equal(told, ClientInfoReader.Of(Request.With(("User-Agent", agent))).UserAgent);

    [Fact]
    public void A_long_user_agent_is_cut_to_400_characters() =>
        Assert.Equal(new string('a', 400), ClientInfoReader.Of(Request.With(("User-Agent", new string('a', 5_000)))).UserAgent);

    [Fact]
    public void The_trace_is_the_requests()
    {
        var context = Request.Of();
        context.TraceIdentifier = "request-1";
        using var activity = new System.Diagnostics.Activity("request");

        Assert.Equal("request-1", ClientInfoReader.Of(context).TraceId);
        activity.Start();
        Assert.Equal(activity.TraceId.ToHexString(), ClientInfoReader.Of(context).TraceId);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3", "198.51.100.1")]
    [InlineData("10.1.2.3", "10.1.2.3", "198.51.100.1")]
    [InlineData("2001:db8::/32", "2001:db8::5", "198.51.100.1")]
    [InlineData("10.0.0.0/8", "11.1.2.3", "11.1.2.3")]
    [InlineData("10.1.2.3", "10.1.2.4", "10.1.2.4")]
    [InlineData("10.0.0.0/8", "127.0.0.1", "127.0.0.1")]
    [InlineData(null, "10.1.2.3", "10.1.2.3")]
    public async Task Only_a_configured_proxys_word_counts(string? trusted, string peer, string address)
    {
        var seen = await ThroughAsync(trusted, Request.Of(url: "http://app.example.com/", peer: peer, headers: [("X-Forwarded-For", "198.51.100.1"), ("X-Forwarded-Proto", "https")]));

        Assert.Equal(address, ClientInfoReader.Of(seen).IpAddress);
        Assert.Equal(address == "198.51.100.1", seen.Request.IsHttps);
    }

    // The client writes what it likes on the left: only what our own proxy added on the right is its word.
    [Fact]
    public async Task What_the_client_wrote_itself_does_not_count()
    {
        var seen = await ThroughAsync("10.0.0.0/8", Request.Of(peer: "10.1.2.3", headers: [("X-Forwarded-For", "192.0.2.66, 198.51.100.1")]));

        Assert.Equal("198.51.100.1", ClientInfoReader.Of(seen).IpAddress);
    }

    private static async Task<HttpContext> ThroughAsync(string? trusted, HttpContext context)
    {
        var services = new ServiceCollection().AddLogging().AddOptions().BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        new TrustedProxies(trusted is null ? [] : [trusted]).Configure(static inner => inner.Run(static _ => Task.CompletedTask))(app);
        await app.Build()(context);
        return context;
    }
}
