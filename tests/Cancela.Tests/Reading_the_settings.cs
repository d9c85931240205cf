using Cancela.Strategies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace Cancela.Tests;

public sealed class Reading_the_settings : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cancela-settings-").FullName;

    private sealed class Place(string name, string folder) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "test";
        public string ContentRootPath { get; set; } = folder;
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nothing_set_gives_the_defaults()
    {
        var options = Read();

        Assert.Equal((null, "session", "refresh-rotation", true), (options.Profile, options.Browser, options.Token, options.TrackTokens));
        Assert.Equal(("cancela", "cancela", "pt-BR"), (options.Issuer, options.Audience, options.Language));
        Assert.Equal(TimeSpan.FromDays(30), options.Session.AbsoluteLifetime);
    }

    [Fact]
    public void A_profile_wins_over_the_defaults_the_configuration_over_the_profile_and_the_code_over_both()
    {
        Assert.Equal(TimeSpan.Zero, Read(new() { ["Profile"] = "session" }).Session.AbsoluteLifetime);
        Assert.Equal(TimeSpan.FromDays(20), Read(new() { ["Profile"] = "session", ["Session:AbsoluteLifetime"] = "20.00:00:00" }).Session.AbsoluteLifetime);
        Assert.Equal(
            TimeSpan.FromDays(10),
            Read(new() { ["Profile"] = "session", ["Session:AbsoluteLifetime"] = "20.00:00:00" }, options => options.Session.AbsoluteLifetime = TimeSpan.FromDays(10)).Session.AbsoluteLifetime);
    }

    [Fact]
    public void A_profile_named_in_the_code_comes_before_what_the_configuration_says_all_the_same()
    {
        var options = Read(new() { ["Jwt:Lifetime"] = "01:00:00" }, options => options.Profile = "jwt");

        Assert.Equal(("jwt", TimeSpan.FromHours(1), false), (options.Token, options.Jwt.Lifetime, options.TrackTokens));
    }

    [Theory]
    [InlineData("session", "session", "refresh-rotation", true)]
    [InlineData("jwt", "session", "jwt", false)]
    [InlineData("jwt-cookie", "jwt-cookie", "jwt", true)]
    [InlineData("refresh-denylist", "session", "refresh-denylist", true)]
    [InlineData("refresh-rotation", "session", "refresh-rotation", true)]
    public void Each_profile_fills_the_slots_of_its_system(string profile, string browser, string token, bool tracked)
    {
        var options = Read(new() { ["Profile"] = profile });

        Assert.Equal((browser, token, tracked), (options.Browser, options.Token, options.TrackTokens));
        options.Signing.Secret = TestSecret.Value;
        Assert.Empty(CancelaValidation.Faults(options));
    }

    [Fact]
    public void Each_profile_has_the_lifetimes_of_its_system()
    {
        var session = Read(new() { ["Profile"] = "session" });
        Assert.Equal((TimeSpan.FromDays(7), TimeSpan.Zero, "session_id"), (session.Session.Lifetime, session.Session.AbsoluteLifetime, session.Cookie.Name));
        Assert.Equal(TimeSpan.FromHours(24), Read(new() { ["Profile"] = "jwt" }).Jwt.Lifetime);
        Assert.Equal(TimeSpan.FromHours(24), Read(new() { ["Profile"] = "jwt-cookie" }).Jwt.Lifetime);
        var denylist = Read(new() { ["Profile"] = "refresh-denylist" }).Refresh;
        Assert.Equal((TimeSpan.FromMinutes(15), TimeSpan.FromDays(7)), (denylist.AccessLifetime, denylist.Lifetime));
        var rotation = Read(new() { ["Profile"] = "refresh-rotation" }).Refresh;
        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromDays(7), TimeSpan.FromSeconds(10)), (rotation.AccessLifetime, rotation.Lifetime, rotation.Grace));
    }

    [Fact]
    public void A_role_in_the_configuration_is_added_or_gets_its_scopes()
    {
        var roles = Read(new() { ["Roles:EDITOR:0"] = "posts:write", ["Roles:USER:0"] = "posts:read" }).Roles.Scopes;

        Assert.Equal(["ADMIN", "EDITOR", "USER"], roles.Keys.Order());
        Assert.Equal(["posts:write"], roles["EDITOR"]);
        Assert.Equal(["posts:read"], roles["USER"]);
    }

    [Fact]
    public void Settings_that_do_not_exist_are_named_in_full()
    {
        var unknown = CancelaSettings.UnknownSettings(Configuration(new()
        {
            ["Sesion:Lifetime"] = "1", ["Session:Lifetme"] = "1", ["Database"] = "sqlite:x", ["Redis"] = "x", ["session:lifetime"] = "1", ["Session:Database"] = "x",
            ["Roles:EDITOR:0"] = "a", ["Clients:0:Id"] = "a", ["TrustedProxies:0"] = "a",
        }));

        Assert.Equal(
            ["Cancela:Sesion is not a setting of Cancela.", "Cancela:Session:Database is not a setting of Cancela.", "Cancela:Session:Lifetme is not a setting of Cancela."],
            unknown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_each_with_the_settings_full_name()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => ReadValid("Production", new()
        {
            ["Profile"] = "best", ["Browser"] = "jwt", ["Token"] = "session", ["Issuer"] = "", ["Audience"] = "", ["Language"] = "fr", ["AllowedOrigins:0"] = "spa.example.org",
            ["AllowedOrigins:1"] = "https://spa.example.org/path", ["TrustedProxies:0"] = "proxy", ["Clients:0:Id"] = "a", ["Clients:0:Secret"] = "short", ["Clients:1:Id"] = "a",
            ["Clients:1:Secret"] = TestSecret.Value, ["Signing:Algorithm"] = "RS256", ["Signing:Secret"] = "AAAA", ["Cookie:Name"] = "a b", ["Session:CacheEntries"] = "0", ["Session:CacheBytes"] = "1",
            ["Jwt:Lifetime"] = "31.00:00:00", ["Refresh:Grace"] = "00:06:00", ["Revocation:MaxStaleness"] = "00:00:00.001", ["Password:Iterations"] = "0",
            ["Limits:PerNetwork"] = "-1", ["Roles:editor:0"] = "a", ["Slips"] = "1",
        }));

        Assert.All(fault.Failures, failure => Assert.StartsWith("Cancela:", failure));
        Assert.Superset(
            new HashSet<string>
            {
                "Slips", "Profile", "Browser", "Token", "Issuer", "Audience", "Language", "AllowedOrigins", "TrustedProxies", "Clients", "Signing:Algorithm", "Signing:Secret",
                "Cookie:Name", "Session:CacheEntries", "Session:CacheBytes", "Jwt:Lifetime", "Refresh:Grace", "Revocation:MaxStaleness", "Password:Iterations", "Limits:PerNetwork", "Roles",
            },
            fault.Failures.Select(failure => failure.Split(' ')[0].TrimEnd(':')["Cancela:".Length..]).ToHashSet());
    }

    [Fact]
    public void What_is_no_value_of_its_kind_is_told_in_our_words_with_all_the_rest()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => ReadValid("Production", new()
        {
            ["Session:Lifetime"] = "banana", ["Refresh:AccessLifetime"] = "1 h", ["Session:CacheEntries"] = "many", ["TrackTokens"] = "perhaps", ["Revocation:WhenBlind"] = "Guess",
            ["Password:Iterations"] = "99999999999", ["Language"] = "fr", ["Slips"] = "1", ["Signing:Secret"] = TestSecret.Value,
        }));

        string[] told =
        [
            "Cancela:Session:Lifetime is 'banana': it must be a time such as 00:15:00.", "Cancela:Refresh:AccessLifetime is '1 h': it must be a time such as 00:15:00.",
            "Cancela:Session:CacheEntries is 'many': it must be a whole number.", "Cancela:TrackTokens is 'perhaps': it must be true or false.",
            "Cancela:Revocation:WhenBlind is 'Guess': it must be one of AskStore, Refuse, Accept.", "Cancela:Password:Iterations is '99999999999': it must be a whole number.",
            "Cancela:Slips is not a setting of Cancela.",
        ];
        Assert.Superset(told.ToHashSet(), fault.Failures.ToHashSet());
        Assert.Equal(told.Length + 1, fault.Failures.Count());
    }

    [Theory]
    [InlineData("Former:Browser", "cookie", "Cancela:Former:Browser is 'cookie': it must be one of session, jwt-cookie.")]
    [InlineData("Former:Token", "session", "Cancela:Former:Token is 'session': it must be one of jwt, refresh-denylist, refresh-rotation.")]
    [InlineData("Coming:Browser", "session", "Cancela:Coming:Browser is 'session', which the slot has now: name another one, or none.")]
    [InlineData("Coming:Token", "refresh-rotation", "Cancela:Coming:Token is 'refresh-rotation', which the slot has now: name another one, or none.")]
    [InlineData("Former:Cookie", "a b", "Cancela:Former:Cookie must have 1 to 64 letters, digits, '_' or '-'.")]
    [InlineData("Coming:Cookie", "", "Cancela:Coming:Cookie must have 1 to 64 letters, digits, '_' or '-'.")]
    [InlineData("Former:Until", "2030-01-31T00:00:00", "Cancela:Former:Until is '2030-01-31T00:00:00': it must be an instant in UTC such as 2030-01-31T00:00:00Z.")]
    [InlineData("Former:Until", "next weekZ", "Cancela:Former:Until is 'next weekZ': it must be an instant in UTC such as 2030-01-31T00:00:00Z.")]
    [InlineData("Former:Next", "x", "Cancela:Former:Next is not a setting of Cancela.")]
    public void A_change_of_strategy_that_makes_no_sense_stops_the_start(string name, string value, string told)
    {
        var settings = new Dictionary<string, string?> { ["Signing:Secret"] = TestSecret.Value, ["Former:Until"] = "2030-01-31T00:00:00Z", [name] = value };

        Assert.Equal(told, Assert.Single(Assert.Throws<OptionsValidationException>(() => ReadValid("Production", settings)).Failures));
    }

    [Theory]
    [InlineData("Former:Browser", "jwt-cookie")]
    [InlineData("Former:Token", "refresh-denylist")]
    [InlineData("Former:Cookie", "session_id")]
    [InlineData("Former:CookieForTokens", "true")]
    public void A_window_has_an_end(string name, string value)
    {
        var settings = new Dictionary<string, string?> { ["Signing:Secret"] = TestSecret.Value, [name] = value };
        Assert.StartsWith("Cancela:Former:Until must say", Assert.Single(Assert.Throws<OptionsValidationException>(() => ReadValid("Production", settings)).Failures));

        settings["Former:Until"] = "2030-01-31T10:00:00Z";
        Assert.Equal(new DateTimeOffset(2030, 1, 31, 10, 0, 0, TimeSpan.Zero), ReadValid("Production", settings).Former.Until);
    }

    [Theory]
    [InlineData("Browser", "jwt-cookie")]
    [InlineData("Token", "refresh-denylist")]
    [InlineData("Former:Browser", "jwt-cookie")]
    public void Tokens_for_cookies_are_those_of_rotation_for_a_session(string name, string value)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Signing:Secret"] = TestSecret.Value, ["Former:Until"] = "2030-01-31T00:00:00Z", ["Former:CookieForTokens"] = "true", [name] = value,
        };

        Assert.StartsWith("Cancela:Former:CookieForTokens needs", Assert.Single(Assert.Throws<OptionsValidationException>(() => ReadValid("Production", settings)).Failures));
    }

    [Fact]
    public void One_change_at_a_time()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Signing:Secret"] = TestSecret.Value, ["Former:Until"] = "2030-01-31T00:00:00Z", ["Former:Token"] = "jwt", ["Coming:Token"] = "jwt",
        };

        var told = Assert.Single(Assert.Throws<OptionsValidationException>(() => ReadValid("Production", settings)).Failures);
        Assert.Equal("Cancela:Coming:Token is 'jwt', which is also Cancela:Former:Token: one change at a time.", told);
    }

    [Fact]
    public void The_longest_settings_are_still_outlived_by_the_log_that_the_triggers_write()
    {
        var options = Read(new() { ["Refresh:Lifetime"] = "400.00:00:00", ["Refresh:AccessLifetime"] = "1.00:00:00", ["Jwt:Lifetime"] = "30.00:00:00", ["Session:CacheLifetime"] = "01:00:00" });

        options.Signing.Secret = TestSecret.Value;
        Assert.Empty(CancelaValidation.Faults(options));
        Assert.True(new CredentialLifetimes(options.Session, options.Jwt, options.Refresh).Longest <= TimeSpan.FromDays(401));
    }

    [Fact]
    public void In_Development_a_secret_is_made_and_found_again()
    {
        var secret = ReadValid("Development").Signing.Secret;

        Assert.NotNull(secret);
        Assert.Equal(secret, ReadValid("Development").Signing.Secret);
        Assert.True(File.Exists(Path.Combine(_folder, "data", "signing-secret")));
    }

    [Fact]
    public void A_configured_secret_is_used_in_Development_too_and_none_is_made()
    {
        Assert.Equal(TestSecret.Value, ReadValid("Development", new() { ["Signing:Secret"] = TestSecret.Value }).Signing.Secret);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public void Elsewhere_none_is_made(string environment)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => ReadValid(environment));

        Assert.StartsWith("Cancela:Signing:Secret is not set", Assert.Single(fault.Failures));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    private CancelaOptions ReadValid(string environment, Dictionary<string, string?>? settings = null) =>
        CancelaSettings.ReadValid(Configuration(settings ?? []), new Place(environment, _folder), null);

    private static CancelaOptions Read(Dictionary<string, string?>? settings = null, Action<CancelaOptions>? code = null) =>
        CancelaSettings.Read(Configuration(settings ?? []).GetSection(CancelaSettings.Section), code);

    private static IConfigurationRoot Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create("Cancela:" + pair.Key, pair.Value))).Build();
}
