using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>A node that cannot judge the cookie beside a dead token said that its session was ended, and left it alive.</summary>
public sealed class Logout_on_a_blind_node : IAsyncLifetime
{
    private CancelaHost _host = null!;
    private TestClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await CancelaHost.StartAsync(settings: new() { ["Revocation:WhenBlind"] = "Refuse" });
        _client = _host.Client();
        await _client.RegisterAsync(Person.Ada);
        await _client.LoginAsync(Person.Ada);
        // Blind until its next read, which does not come while the clock stands still.
        _host.Clock.JumpWall(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task It_does_not_acknowledge_what_it_did_not_do()
    {
        var cookie = _client.Cookies.Single();
        _client.Bearer = "not.a.token";

        (await _client.PostAsync("/auth/logout")).Expect(503, "revocation_unknown");

        Assert.Equal(cookie, _client.Cookies.Single());
    }

    [Fact]
    public async Task Nor_does_a_login_take_the_cookie_of_a_session_away_that_goes_on()
    {
        var cookie = _client.Cookies.Single();

        (await _client.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password })).Expect(503, "revocation_unknown");

        Assert.Equal(cookie, _client.Cookies.Single());
        Assert.Equal(1, await _host.Sql.CountAsync("cancela_sessions"));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }
}
