using Cancela.Strategies;
using Cancela.Strategies.Sessions;
using Cancela.Tokens;
using Xunit;

namespace Cancela.Tests.Strategies;

/// <summary>How long a revocation must be remembered: until the last credential that it covers has expired by itself.</summary>
public class Lifetimes_of_credentials
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Now.AddDays(3);

    private readonly SessionOptions _session = new() { CacheLifetime = TimeSpan.FromMinutes(5) };
    private readonly JwtOptions _jwt = new() { Lifetime = TimeSpan.FromHours(24) };
    private readonly RefreshOptions _refresh = new() { Lifetime = TimeSpan.FromDays(7) };

    private CredentialLifetimes Lifetimes => new(_session, _jwt, _refresh);

    [Fact]
    public void Access_tokens_live_as_their_system_says_unless_a_setting_does()
    {
        Assert.Equal((TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30)), (Lifetimes.DenylistAccessLifetime, Lifetimes.RotationAccessLifetime));
        _refresh.AccessLifetime = TimeSpan.FromMinutes(5);
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5)), (Lifetimes.DenylistAccessLifetime, Lifetimes.RotationAccessLifetime));
    }

    [Fact]
    public void A_sessions_end_outlives_what_was_handed_out_for_it()
    {
        Assert.Equal(Now.AddHours(1).AddMinutes(10) + CopyLifetimes.Copy + CopyLifetimes.Lease, EndOf(StrategyNames.Session));
        Assert.Equal(Now.AddHours(1).AddDays(1), EndOf(StrategyNames.RefreshRotation));
        Assert.Equal(End.AddDays(1), EndOf(StrategyNames.RefreshDenylist));
        Assert.Equal(End, EndOf(StrategyNames.Jwt));
        Assert.Equal(End, EndOf(StrategyNames.JwtCookie));
    }

    [Fact]
    public void Of_a_strategy_that_is_not_known_the_longest_is_assumed_that_any_setting_allows()
    {
        Assert.Equal(Now.AddHours(1) + CredentialLifetimes.Possible, EndOf("a strategy of a newer version"));
    }

    [Fact]
    public void Of_a_session_without_a_row_a_token_says_how_long_it_can_be_shown_or_renewed()
    {
        Assert.Equal(End, EndOf(TokenType.Access, null));
        Assert.Equal(End.AddDays(1), EndOf(TokenType.Refresh, null));
        Assert.Equal(End.AddDays(31), EndOf(TokenType.Access, End.AddDays(30)));
    }

    [Fact]
    public void The_longest_is_that_of_whatever_is_validated_without_the_store()
    {
        Assert.Equal(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(15), Lifetimes.Longest);
        _jwt.Lifetime = TimeSpan.FromDays(30);
        Assert.Equal(TimeSpan.FromDays(30), Lifetimes.Longest);
        _jwt.Lifetime = _refresh.Lifetime = TimeSpan.FromMinutes(1);
        _refresh.AccessLifetime = TimeSpan.FromMinutes(1);
        _session.CacheLifetime = TimeSpan.FromHours(1);
        Assert.Equal(TimeSpan.FromHours(2) + CopyLifetimes.Longest, Lifetimes.Longest);
    }

    [Theory]
    [InlineData("00:00:29", "7.00:00:00", "Cancela:Refresh:AccessLifetime")]
    [InlineData("1.00:00:01", "7.00:00:00", "Cancela:Refresh:AccessLifetime")]
    [InlineData("00:10:00", "00:05:00", "Cancela:Refresh:AccessLifetime")]
    [InlineData(null, "00:00:59", "Cancela:Refresh:Lifetime")]
    [InlineData(null, "401.00:00:00", "Cancela:Refresh:Lifetime")]
    public void Lifetimes_out_of_their_range_are_faults(string? access, string refresh, string setting)
    {
        var options = new RefreshOptions { AccessLifetime = access is null ? null : TimeSpan.Parse(access), Lifetime = TimeSpan.Parse(refresh) };

        Assert.StartsWith(setting + " ", Assert.Single(options.Faults()));
    }

    private static DateTimeOffset EndOf(TokenType type, DateTimeOffset? sessionExpiresAt) => CredentialLifetimes.EndOfCredentials(new TokenClaims(
        type, Guid.Empty, Guid.Empty, 0, Guid.Empty, 0, End.ToUnixTimeSeconds(), 0, "pwd", SessionExpiresAt: sessionExpiresAt?.ToUnixTimeSeconds()));

    private DateTimeOffset EndOf(string strategy) => Lifetimes.EndOfCredentials(
        new SessionRow(Guid.Empty, Guid.Empty, strategy, "", "pwd", Now, Now, Now, End, End, null, null), Now);
}
