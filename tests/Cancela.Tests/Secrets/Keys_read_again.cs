using Cancela.Secrets;
using Cancela.Tests.Contracts;
using Cancela.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Secrets;

/// <summary>A node reads its keys every few seconds. Nobody may notice.</summary>
[OnEachStore]
public class Keys_read_again
{
    [Fact]
    public async Task A_token_in_use_goes_on_counting()
    {
        await using var host = await CancelaHost.StartAsync(profile: "jwt");
        using var phone = host.Client();
        await phone.RegisterAsync(Person.Ada);
        await phone.TokenAsync(Person.Ada);
        (await phone.GetAsync("/auth/me")).Expect(200);

        var keys = host.Services.GetRequiredService<Keys>();
        var before = keys.Current;
        keys.Current = await host.Services.GetRequiredService<SigningKeyDirectory>().ReloadAsync(CancellationToken.None);
        (await phone.GetAsync("/auth/me")).Expect(200);

        // The same objects: what a node remembers of its tokens is not lost every few seconds.
        Assert.Same(before.Signing, keys.Current.Signing);
    }
}
