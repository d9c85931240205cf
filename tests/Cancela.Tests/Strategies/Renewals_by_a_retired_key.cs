using Cancela.Accounts;
using Cancela.Revocation;
using Cancela.Strategies;
using Cancela.Tests.Conformance;
using Cancela.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Strategies;

/// <summary>
/// A renewal hands out the account's new version, and so does not mind that the account moved on. All else that can be said
/// against the token it minds: also when both are true, and before the node's own keys say so.
/// </summary>
[OnEachStore]
public sealed class Renewals_by_a_retired_key
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refresh_token_of_a_retired_key_is_not_renewed_whether_its_account_moved_on_or_not(bool movesOn)
    {
        await using var host = await CancelaHost.StartAsync(StrategyNames.RefreshRotation);
        using var client = host.Client();
        var id = (await client.RegisterAsync(Person.Ada)).GetProperty("id").GetGuid();
        var refresh = (await client.TokenAsync(Person.Ada)).Text("refresh_token")!;
        if (movesOn) await host.ChangeAsync(id, new AccountChange { Role = Roles.Administrator });

        host.Services.GetRequiredService<RevocationSet>().Add(
            new RevocationEntry.KeyRetired((string)Jot.Read(refresh).Header["kid"]!, host.Clock.GetUtcNow().AddDays(8)));

        client.Bearer = refresh;
        (await client.PostAsync("/auth/refresh")).Expect(401, "token_revoked");
    }
}
