using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>S1: where the session is kept, and how it ends.</summary>
public sealed partial class S1_session
{
    /// <summary>"A session row: id, user, created at, expires at, IP address, user agent."</summary>
    [Fact]
    public async Task A_row_has_id_user_created_at_expires_at_ip_address_and_user_agent()
    {
        var person = await SomebodyAsync();
        using var browser = Host.Client();
        browser.Headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
        await browser.LoginAsync(person.Email);
        var row = Assert.Single(await RowsOfAsync(person));
        Assert.Equal((await browser.GetAsync("/auth/me")).Json.GetProperty("session").GetProperty("id").GetGuid(), Guid.Parse((string)row["id"]!));
        Assert.Equal(person.Id, Guid.Parse((string)row["account_id"]!));
        Assert.Equal(Now, RawSql.Time(row["created_at"]));
        Assert.Equal(Now + Week, RawSql.Time(row["expires_at"]));
        Assert.Equal("127.0.0.1", row["ip_address"]);
        Assert.Equal("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", row["user_agent"]);
    }

    /// <summary>"an operator can list and end them with plain SQL".</summary>
    [Fact]
    public async Task An_operator_lists_and_ends_them_with_plain_SQL()
    {
        var person = await SomebodyAsync();
        using var one = await BrowserAsync(person);
        using var two = await BrowserAsync(person);
        (await one.GetAsync("/auth/me")).Expect(200);
        (await two.GetAsync("/auth/me")).Expect(200);
        var id = (await one.GetAsync("/auth/me")).Json.GetProperty("session").GetProperty("id").GetGuid();
        Assert.Equal(2, (await RowsOfAsync(person)).Count);

        Assert.Equal(1, await Sql.RunAsync("DELETE FROM cancela_sessions WHERE id = @id", ("id", id.ToString())));
        await Host.AdvanceAsync(TimeSpan.FromMilliseconds(250));
        (await one.GetAsync("/auth/me")).Expect(401, "session_invalid");
        (await two.GetAsync("/auth/me")).Expect(200);
    }

    /// <summary>"PostgreSQL is the source of truth": the database that was chosen, of whichever kind. A node that knows nothing reads it there.</summary>
    [Fact]
    public async Task The_database_is_the_source_of_truth()
    {
        using var browser = await BrowserAsync(await SomebodyAsync());
        await using var another = await CancelaHost.StartAsync("session", clock: Host.Clock, folder: Host.Folder);
        using var elsewhere = another.Client();
        elsewhere.Cookies["session_id"] = browser.Cookies["session_id"];
        (await elsewhere.GetAsync("/auth/me")).Expect(200);
    }

    /// <summary>"Reads try the cache and fall back to the database": one statement, then none, and one again when the memory is old, or else the copy that nodes share.</summary>
    [Fact]
    public async Task Reads_try_the_cache_and_fall_back_to_the_database()
    {
        using var browser = await BrowserAsync(await SomebodyAsync());
        Assert.Equal(1, await StatementsAsync(() => browser.GetAsync("/own")));
        Assert.Equal(0, await StatementsAsync(() => browser.GetAsync("/own")));
        await Host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(Host.SharesCopies ? 0 : 1, await StatementsAsync(() => browser.GetAsync("/own")));
        await Host.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await StatementsAsync(() => browser.GetAsync("/own")));
    }

    /// <summary>"writes go to both": after the expiry moved, the cache knows the new one.</summary>
    [Fact]
    public async Task Writes_go_to_both()
    {
        var person = await SomebodyAsync();
        using var browser = await BrowserAsync(person);
        await Host.AdvanceAsync((Week / 2) + Second);
        (await browser.GetAsync("/own")).Expect(200);
        Assert.Equal(Now + Week, await EndOfAsync(person));
        Assert.Equal(0, await StatementsAsync(async () => Assert.Empty((await browser.GetAsync("/own")).Expect(200).SetCookies)));
    }

    /// <summary>"Revocation is immediate: logout": the cookie that somebody copied is dead with the answer.</summary>
    [Fact]
    public async Task Revocation_is_immediate_at_logout()
    {
        using var browser = await BrowserAsync(await SomebodyAsync());
        using var copy = Host.Client();
        copy.Cookies["session_id"] = browser.Cookies["session_id"];
        (await copy.GetAsync("/own")).Expect(200);
        (await browser.PostAsync("/auth/logout")).Expect(204);
        (await copy.GetAsync("/own")).Expect(401, "session_invalid");
    }

    /// <summary>"Revocation is immediate: … ban".</summary>
    [Fact]
    public async Task Revocation_is_immediate_at_a_ban()
    {
        var person = await SomebodyAsync();
        using var browser = await BrowserAsync(person);
        (await browser.GetAsync("/own")).Expect(200);
        using var administrator = await AdministratorAsync();
        (await administrator.PutAsync($"/users/{person.Id}", new { status = "closed" })).Expect(200);
        (await browser.GetAsync("/own")).Expect(401, "session_invalid");
    }

    /// <summary>"Revocation is immediate: … a compromised session".</summary>
    [Fact]
    public async Task Revocation_is_immediate_for_a_compromised_session()
    {
        var person = await SomebodyAsync();
        using var thief = await BrowserAsync(person);
        using var owner = await BrowserAsync(person);
        var id = (await thief.GetAsync("/auth/me")).Json.GetProperty("session").GetProperty("id").GetGuid();
        (await owner.DeleteAsync($"/auth/sessions/{id}")).Expect(204);
        (await thief.GetAsync("/own")).Expect(401, "session_invalid");
        (await owner.GetAsync("/own")).Expect(200);
    }

    /// <summary>"Revocation is immediate: … a change of permissions": the same session, with the new role at once.</summary>
    [Fact]
    public async Task A_change_of_permissions_holds_at_once()
    {
        var person = await SomebodyAsync();
        using var browser = await BrowserAsync(person);
        (await browser.GetAsync("/own/desk")).Expect(403, "forbidden");
        using var administrator = await AdministratorAsync();
        (await administrator.PutAsync($"/users/{person.Id}", new { role = "ADMIN" })).Expect(200);
        (await browser.GetAsync("/own/desk")).Expect(200);
        (await administrator.PutAsync($"/users/{person.Id}", new { role = "USER" })).Expect(200);
        (await browser.GetAsync("/own/desk")).Expect(403, "forbidden");
    }

    /// <summary>Logout ends the session of this browser, and no other.</summary>
    [Fact]
    public async Task Logout_ends_one_never_all()
    {
        var person = await SomebodyAsync();
        using var one = await BrowserAsync(person);
        using var two = await BrowserAsync(person);
        (await one.PostAsync("/auth/logout")).Expect(204);
        (await two.GetAsync("/own")).Expect(200);
    }

    /// <summary>"Concurrent sessions can be limited (for instance to one device)."</summary>
    [Fact]
    public async Task Concurrent_sessions_can_be_limited_to_one_device()
    {
        await using var host = await CancelaHost.StartAsync("session", new() { ["Session:MaxPerAccount"] = "1" }, ProfileFixture.MapOwn);
        var person = await SomebodyAsync(host);
        using var oldest = host.Client();
        using var newest = host.Client();
        await oldest.LoginAsync(person.Email);
        (await oldest.GetAsync("/own")).Expect(200);
        await host.AdvanceAsync(Second);
        await newest.LoginAsync(person.Email);
        (await oldest.GetAsync("/own")).Expect(401, "session_invalid");
        (await newest.GetAsync("/own")).Expect(200);
        Assert.Equal(1, await host.Sql.CountAsync("cancela_sessions"));
    }
}
