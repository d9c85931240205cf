using Xunit;

namespace Cancela.Tests.Faults;

/// <summary>Compares a server that came back with what it had acknowledged.</summary>
internal sealed class AfterTheCrash(Uri address, RawSql sql, Ledger ledger)
{
    /// <summary>Fails, saying what was lost, unless everything is there. The caller checks the file itself.</summary>
    public async Task CheckAsync()
    {
        await RegistrationsHoldAsync();
        foreach (var cookie in ledger.EndedCookies) Assert.Equal(401, await StatusAsync(cookie: cookie));
        foreach (var cookie in ledger.LivingCookies) Assert.Equal(200, await StatusAsync(cookie: cookie));
        foreach (var chain in ledger.EndedChains) await IsDeadAsync(chain);
        foreach (var chain in ledger.LivingChains) await GoesOnAloneAsync(chain);
    }

    private async Task RegistrationsHoldAsync()
    {
        var rows = await sql.ColumnAsync("SELECT email_key FROM cancela_accounts");
        Assert.Empty(ledger.Registered.Except(rows));
        // The row and the password in it: of one of them, for a hash has its price.
        if (ledger.Registered.TryPeek(out var email))
        {
            using var client = new TestClient(address);
            await client.LoginAsync(email);
        }
    }

    private async Task IsDeadAsync(TokenChain chain)
    {
        Assert.Equal(401, await StatusAsync(bearer: chain.Access));
        Assert.Equal(401, (int)(await RefreshAsync(chain.Refresh)).Status);
    }

    /// <summary>
    /// A rotation that was acknowledged holds, and it is the only one: whatever was in flight, the token before it and the
    /// token itself lead to the one successor and no other.
    /// </summary>
    private async Task GoesOnAloneAsync(TokenChain chain)
    {
        Assert.Equal(200, await StatusAsync(bearer: chain.Access));
        if (chain is { Asked: false, Before: { } before })
            Assert.Equal(chain.Refresh, (await RefreshAsync(before)).Expect(200).Text("refresh_token"));
        var child = (await RefreshAsync(chain.Refresh)).Expect(200).Text("refresh_token")!;
        Assert.Equal(child, (await RefreshAsync(chain.Refresh)).Expect(200).Text("refresh_token"));
        (await RefreshAsync(child)).Expect(200);
        (await RefreshAsync(chain.Refresh)).Expect(401, "refresh_reused");
    }

    private async Task<Reply> RefreshAsync(string token)
    {
        using var client = new TestClient(address) { Bearer = token };
        return await client.PostAsync("/auth/refresh");
    }

    private async Task<int> StatusAsync(string? cookie = null, string? bearer = null)
    {
        using var client = new TestClient(address) { Bearer = bearer };
        if (cookie is not null) client.Cookies["session_id"] = cookie;
        return (int)(await client.GetAsync("/auth/me")).Status;
    }
}
