using Xunit;

namespace Cancela.Tests.Faults;

/// <summary>
/// One client that registers people, signs them in by cookie and by token, renews and signs out, and writes down what was
/// acknowledged, until the server is gone.
/// </summary>
internal sealed class CrashLoad(Uri address, Ledger ledger, string name)
{
    private const int MostPeople = 1_000;

    public async Task RunAsync()
    {
        for (var person = 0; person < MostPeople; person++)
        {
            try
            {
                await LiveAsync($"{name}.{person}@example.com");
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                return;
            }
        }
        Assert.Fail("The server outlived the load.");
    }

    private async Task LiveAsync(string email)
    {
        using var browser = new TestClient(address);
        await browser.RegisterAsync(email);
        ledger.Registered.Add(email);
        ledger.Acknowledged();

        await SignInByCookieAsync(browser, email);
        await SignInByTokenAsync(email, signOut: true);
        await SignInByTokenAsync(email, signOut: false);
    }

    private async Task SignInByCookieAsync(TestClient browser, string email)
    {
        await browser.LoginAsync(email);
        var staying = Cookie(browser);
        ledger.LivingCookies.Add(staying);
        ledger.Acknowledged();

        // A second browser of the same person: the first one stays signed in.
        using var other = new TestClient(address);
        await other.LoginAsync(email);
        ledger.Acknowledged();
        var leaving = Cookie(other);
        (await other.PostAsync("/auth/logout")).Expect(204);
        ledger.EndedCookies.Add(leaving);
        ledger.Acknowledged();
    }

    private async Task SignInByTokenAsync(string email, bool signOut)
    {
        using var phone = new TestClient(address);
        var chain = TokenChain.First(await phone.TokenAsync(email));
        ledger.Acknowledged();
        try
        {
            for (var i = 0; i < 3; i++)
            {
                chain = chain with { Asked = true };
                phone.Bearer = chain.Refresh;
                chain = chain.Next((await phone.PostAsync("/auth/refresh")).Expect(200));
                ledger.Rotated();
            }
        }
        finally
        {
            if (!signOut || chain.Asked) ledger.LivingChains.Add(chain);
        }
        if (!signOut) return;

        phone.Bearer = chain.Access;
        (await phone.PostAsync("/auth/logout")).Expect(204);
        ledger.EndedChains.Add(chain);
        ledger.Acknowledged();
    }

    private static string Cookie(TestClient client) => client.Cookies["session_id"];
}
