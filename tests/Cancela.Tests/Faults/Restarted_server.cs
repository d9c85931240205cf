using Xunit;

namespace Cancela.Tests.Faults;

/// <summary>A deployment, a crash, a reboot: whoever was signed in stays signed in, and whoever was not does not come back.</summary>
public class Restarted_server
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sessions_and_tokens_survive_and_what_was_ended_stays_ended(bool crash)
    {
        var folder = Directory.CreateTempSubdirectory("cancela-restart-").FullName;
        var server = await ServerProcess.StartAsync(folder);
        try
        {
            using var browser = new TestClient(server.Address);
            using var ended = new TestClient(server.Address);
            using var phone = new TestClient(server.Address);
            await browser.RegisterAsync(Person.Ada);
            await browser.LoginAsync(Person.Ada);
            await ended.LoginAsync(Person.Ada);
            var endedCookie = ended.Cookies["session_id"];
            (await ended.PostAsync("/auth/logout")).Expect(204);
            var chain = TokenChain.First(await phone.TokenAsync(Person.Ada));
            var secret = await SecretAsync(folder);

            if (crash) server.Kill();
            else Assert.Equal(0, await server.StopAsync());
            await server.DisposeAsync();
            server = await ServerProcess.StartAsync(folder);

            Assert.Equal(secret, await SecretAsync(folder));
            using var again = new TestClient(server.Address);
            again.Cookies["session_id"] = browser.Cookies["session_id"];
            (await again.GetAsync("/auth/me")).Expect(200);
            again.Cookies["session_id"] = endedCookie;
            (await again.GetAsync("/auth/me")).Expect(401, "session_invalid");

            again.Cookies.Clear();
            again.Bearer = chain.Access;
            (await again.GetAsync("/auth/me")).Expect(200);
            again.Bearer = chain.Refresh;
            var next = chain.Next((await again.PostAsync("/auth/refresh")).Expect(200));
            again.Bearer = next.Access;
            (await again.GetAsync("/auth/me")).Expect(200);
        }
        finally
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<string> SecretAsync(string folder) => File.ReadAllTextAsync(Path.Combine(folder, "data", "signing-secret"));
}
