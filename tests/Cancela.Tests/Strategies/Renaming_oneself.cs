using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Strategies;

[OnEachStore]
public class Renaming_oneself
{
    // A cookie's session is answered from memory for a minute: whoever changes an account makes this node forget it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_new_name_shows_at_once_in_every_session_of_this_node(bool byAdministrator)
    {
        await using var host = await CancelaHost.StartAsync();
        using var browser = host.Client();
        using var other = host.Client();
        var id = (await browser.RegisterAsync(Person.Ada, name: "Ada")).GetProperty("id").GetGuid();
        await browser.LoginAsync(Person.Ada);
        await other.LoginAsync(Person.Ada);
        Assert.Equal("Ada", Name(await other.GetAsync("/auth/me")));

        using var writer = host.Client();
        if (byAdministrator) await host.AdministratorAsync(writer, Person.Bia);
        await writer.LoginAsync(byAdministrator ? Person.Bia : Person.Ada);
        (await writer.PutAsync($"/users/{id}", new { name = "Countess" })).Expect(200);

        Assert.Equal("Countess", Name(await browser.GetAsync("/auth/me")));
        Assert.Equal("Countess", Name(await other.GetAsync("/auth/me")));
    }

    private static string? Name(Reply reply) => reply.Expect(200).Json.GetProperty("user").GetProperty("name").GetString();
}
