using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.SignIn;

/// <summary>What the README promises a newcomer.</summary>
[OnEachStore]
public class First_steps
{
    [Fact]
    public async Task Somebody_registers_signs_in_sees_their_devices_ends_one_and_is_refused_with_it()
    {
        await using var host = await CancelaHost.StartAsync();
        using var browser = host.Client();
        using var phone = host.Client();
        await browser.RegisterAsync(Person.Ada);
        await browser.LoginAsync(Person.Ada);
        var tokens = await phone.TokenAsync(Person.Ada);
        (await phone.GetAsync("/auth/me")).Expect(200);

        phone.Bearer = tokens.Text("refresh_token");
        phone.Bearer = (await phone.PostAsync("/auth/refresh")).Expect(200).Text("access_token");
        (await phone.GetAsync("/auth/me")).Expect(200);

        var devices = (await browser.GetAsync("/auth/sessions")).Expect(200).Json.GetProperty("sessions").EnumerateArray().ToList();
        Assert.Equal(2, devices.Count);
        var other = devices.Single(device => !device.GetProperty("current").GetBoolean());
        (await browser.DeleteAsync($"/auth/sessions/{other.GetProperty("id")}")).Expect(204);

        (await phone.GetAsync("/auth/me")).Expect(401, "token_revoked");
        (await browser.GetAsync("/auth/me")).Expect(200);
        (await browser.PostAsync("/auth/logout")).Expect(204);
        (await browser.GetAsync("/auth/me")).Expect(401);
    }
}
