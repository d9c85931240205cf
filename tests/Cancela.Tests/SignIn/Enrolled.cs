using System.Text.Json;
using Xunit;

namespace Cancela.Tests.SignIn;

/// <summary>Somebody with an authenticator app, and how they sign in.</summary>
internal sealed class Enrolled
{
    private readonly CancelaHost _host;

    private Enrolled(CancelaHost host, TestClient client, string email, Authenticator app, IReadOnlyList<string> recoveryCodes) =>
        (_host, Client, Email, App, RecoveryCodes) = (host, client, email, app, recoveryCodes);

    /// <summary>The browser that enrolled.</summary>
    public TestClient Client { get; }

    public string Email { get; }

    public Authenticator App { get; }

    public IReadOnlyList<string> RecoveryCodes { get; }

    /// <summary>Registers, signs in by cookie, enrols, and lets the first code's half minute pass.</summary>
    public static async Task<Enrolled> AtAsync(CancelaHost host, string email = Person.Ada)
    {
        var client = host.Client();
        await client.RegisterAsync(email);
        await client.LoginAsync(email);
        var app = new Authenticator((await client.PostAsync("/auth/totp")).Expect(200).Text("secret")!);
        var confirmed = (await client.PostAsync("/auth/totp/confirm", new { code = await app.ShowAsync(host.Clock.GetUtcNow()) })).Expect(200);
        await host.AdvanceAsync(TimeSpan.FromSeconds(60));
        return new Enrolled(host, client, email, app, Codes(confirmed.Json));
    }

    /// <summary>What the app shows now.</summary>
    public Task<string> CodeAsync() => App.ShowAsync(_host.Clock.GetUtcNow());

    /// <summary>The first half of a sign-in.</summary>
    public async Task<string> ChallengeAsync(TestClient client) =>
        (await client.PostAsync("/auth/login", new { email = Email, password = Person.Password })).Expect(401, "second_factor_required").Text("challenge")!;

    /// <summary>Both halves, with a code of now.</summary>
    public async Task<Reply> SignInAsync(TestClient client) =>
        await client.PostAsync("/auth/login/second-factor", new { challenge = await ChallengeAsync(client), code = await CodeAsync() });

    public static IReadOnlyList<string> Codes(JsonElement json)
    {
        var codes = json.GetProperty("recovery_codes").EnumerateArray().Select(static code => code.GetString()!).ToList();
        Assert.Equal(10, codes.Count);
        return codes;
    }
}
