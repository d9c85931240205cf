using Cancela.Server.Advice;
using Xunit;

namespace Cancela.Tests.Server.Advice;

/// <summary>Situations that teams are in, each with its whole answer.</summary>
public sealed class Named_situations
{
    private const string Sqlite = "Database=sqlite:data/cancela.db";
    private const string Postgres = "Database=postgres:Host=db;Database=cancela;Username=cancela";
    private const string Proxy = "TrustedProxies:0=10.0.0.0/24";

    public static TheoryData<string, string, string?, string?, string?, string, string[]> Situations => new()
    {
        { "One API and its SPA", "--clients spa-same-origin", "session", null, "session", "same-origin", ["Browser=session", Sqlite] },
        { "The same with an app", "--clients spa-same-origin,mobile", "session", "refresh-rotation", null, "same-origin", ["Browser=session", "Token=refresh-rotation", Sqlite] },
        { "app. and api.", "--clients spa-subdomain", "session", null, "session", "proxied-origin", ["Browser=session", Sqlite, Proxy] },
        { "A SPA on a foreign site", "--clients spa-foreign", null, "refresh-rotation", "refresh-rotation", "cross-origin", ["Token=refresh-rotation", Sqlite] },
        { "The same behind a Node BFF", "--clients spa-foreign --existing node-bff", "session", null, "session", "bff", ["Browser=session", Sqlite, Proxy, "AllowedOrigins:0=https://app.example.com"] },
        { "app. and api. with a Node BFF", "--clients spa-subdomain --existing node-bff", "session", null, "session", "bff", ["Browser=session", Sqlite, Proxy, "AllowedOrigins:0=https://app.example.com"] },
        { "A BFF in ASP.NET Core", "--clients spa-same-origin --existing aspnet-bff,postgresql", "session", null, "session", "bff-in-process", ["Browser=session", Postgres] },
        { "A BFF of a page on app.", "--clients spa-subdomain --existing aspnet-bff", "session", null, "session", "bff-in-process", ["Browser=session", Sqlite] },
        { "A foreign page with a BFF in ASP.NET Core", "--clients spa-foreign --existing aspnet-bff", "session", null, "session", "bff-in-process", ["Browser=session", Sqlite] },
        { "A SPA with a Node BFF on its origin", "--clients spa-same-origin --existing node-bff", "session", null, "session", "bff", ["Browser=session", Sqlite, Proxy, "AllowedOrigins:0=https://app.example.com"] },
        { "An app alone", "--clients mobile", null, "refresh-rotation", "refresh-rotation", "direct", ["Token=refresh-rotation", Sqlite] },
        { "Servers only", "--clients server", null, "jwt", "jwt", "direct", ["Token=jwt", Sqlite] },
        { "A Python back end beside it", "--clients spa-same-origin,back-end", "session", null, "session", "back-end-asks", ["Browser=session", Sqlite, Proxy] },
        { "A private API behind nginx", "--clients spa-same-origin --validation gateway --existing gateway", "session", null, "session", "gateway", ["Browser=session", Sqlite, Proxy] },
        { "The same for an app", "--clients mobile --validation gateway --existing gateway", null, "refresh-rotation", "refresh-rotation", "gateway", ["Token=refresh-rotation", "Signing:Algorithm=ES256", Sqlite, Proxy] },
        { "JWT consumers behind nginx", "--clients spa-same-origin --validation gateway --existing gateway,jwt-consumers", "jwt-cookie", null, "jwt-cookie", "gateway", ["Browser=jwt-cookie", "Signing:Algorithm=ES256", Sqlite, Proxy] },
        { "A private API behind a BFF in ASP.NET Core", "--clients spa-same-origin --validation gateway --existing aspnet-bff", "session", null, "session", "gateway-in-process", ["Browser=session", Sqlite] },
        { "Services that verify an app's tokens", "--clients mobile --validation services --revocation expiry", null, "refresh-rotation", "refresh-rotation", "by-themselves", ["Token=refresh-rotation", "Signing:Algorithm=ES256", "Refresh:AccessLifetime=00:05:00", Sqlite] },
        { "Services that verify a cookie", "--clients spa-same-origin --validation services --revocation expiry", "jwt-cookie", null, "jwt-cookie", "by-themselves", ["Browser=jwt-cookie", "Signing:Algorithm=ES256", "Jwt:Lifetime=08:00:00", Sqlite] },
        { "Services of app. that verify", "--clients spa-subdomain --validation services --revocation expiry", null, "refresh-rotation", "refresh-rotation", "by-themselves", ["Token=refresh-rotation", "Signing:Algorithm=ES256", "Refresh:AccessLifetime=00:05:00", Sqlite] },
        { "Programs whose tokens services verify", "--clients server --validation services --revocation expiry", null, "jwt", "jwt", "by-themselves", ["Token=jwt", "Signing:Algorithm=ES256", "Jwt:Lifetime=08:00:00", Sqlite] },
        { "Services that must know at once", "--clients mobile --validation services --revocation at-once", null, "refresh-rotation", "refresh-rotation", "introspection", ["Token=refresh-rotation", Sqlite, "Clients:0:Id=orders"] },
        { "JWT consumers that must know within seconds", "--clients spa-same-origin --validation services --existing jwt-consumers", "session", null, "session", "introspection", ["Browser=session", Sqlite] },
        { "Several nodes with Redis", "--clients spa-same-origin --nodes several --existing postgresql,redis", "session", null, "session", "same-origin", ["Browser=session", Postgres, "Redis=redis:6379", Proxy] },
        { "Several nodes and nothing else", "--clients mobile --nodes several", null, "refresh-rotation", "refresh-rotation", "direct", ["Token=refresh-rotation", Postgres, Proxy] },
        { "One node that has Redis", "--clients spa-same-origin --existing redis", "session", null, "session", "same-origin", ["Browser=session", Sqlite] },
        { "Half a million sessions", "--clients spa-same-origin --live-sessions 500000", "session", null, "session", "same-origin", ["Browser=session", Sqlite, "Session:CacheEntries=1000000", "Session:CacheLifetime=00:10:00"] },
        { "A million sign-ins a day", "--clients mobile --sign-ins-per-day 1000000 --nodes several --existing postgresql,redis", null, "refresh-denylist", "refresh-denylist", "direct", ["Token=refresh-denylist", Postgres, "Redis=redis:6379", Proxy] },
        { "The same on one machine", "--clients mobile --live-sessions 5000000", null, "refresh-denylist", "refresh-denylist", "direct", ["Token=refresh-denylist", Postgres] },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public void Each_has_its_answer(string name, string flags, string? browser, string? token, string? profile, string topology, string[] settings)
    {
        var design = Asked.Advise(flags);
        Assert.Equal((name, browser, token, profile, topology), (name, design.Browser?.Name, design.Token?.Name, design.NearestProfile?.Name, design.Topology.Word));
        Assert.Equal(settings, SettingsFragment.Of(design, ConsequenceKind.Setting).Select(static pair => $"{pair.Key}={pair.Value}"));
    }

    [Theory]
    [InlineData("--clients spa-same-origin --existing aspnet-bff,node-bff", "two-bffs")]
    [InlineData("--clients mobile --existing node-bff", "bff-without-spa")]
    [InlineData("--clients mobile --existing jwt-consumers", "consumers-that-nobody-has")]
    [InlineData("--clients back-end", "back-end-alone")]
    [InlineData("--clients server --sign-in google", "programs-without-password")]
    public void What_does_not_go_together_is_told(string flags, string contradiction) =>
        Assert.Equal(contradiction, Assert.IsType<Advised.Contradicts>(Advisor.Advise(Asked.Answers(flags))).Rule.Name);

    [Theory]
    [InlineData("--clients spa-same-origin --sign-in google", "google")]
    [InlineData("--clients mobile --sign-in password,github", "github")]
    [InlineData("--clients spa-subdomain", "cookie-over-subdomains")]
    [InlineData("--clients spa-foreign", "cors-setting")]
    [InlineData("--clients mobile --validation gateway", "signed-internal-token")]
    [InlineData("--clients mobile --validation services", "validation-library")]
    [InlineData("--clients server", "client-credentials")]
    public void What_is_not_there_yet_is_said(string flags, string what) =>
        Assert.Contains(Asked.Advise(flags).Of(ConsequenceKind.NotYet), lack => lack.Name == what);

    [Theory]
    [InlineData("--clients mobile --validation services --revocation expiry", "revoked-until-five-minutes")]
    [InlineData("--clients server --validation services --revocation expiry", "revoked-until-eight-hours")]
    [InlineData("--clients spa-foreign", "script-and-tokens")]
    [InlineData("--clients spa-same-origin,back-end", "csrf-is-theirs")]
    [InlineData("--clients spa-same-origin --revocation at-once --nodes several", "t-on-other-nodes")]
    public void What_is_given_up_is_said(string flags, string what) =>
        Assert.Contains(Asked.Advise(flags).Of(ConsequenceKind.GivenUp), given => given.Name == what);

    [Fact]
    public void One_node_that_is_to_refuse_at_once_gives_nothing_up_for_it() =>
        Assert.DoesNotContain(Asked.Advise("--clients spa-same-origin --revocation at-once").Of(ConsequenceKind.GivenUp), static given => given.Name == "t-on-other-nodes");
}
