using System.Text.Json;
using Cancela.Accounts;
using Cancela.Sql;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>What a test sees of a host that no client sees.</summary>
internal static class Insight
{
    private static readonly string[] Tables = ["cancela_accounts", "cancela_sessions", "cancela_revocations", "cancela_audit", "cancela_failed_attempts"];

    /// <summary>Rows of each table: two equal texts mean that nothing was written.</summary>
    public static async Task<string> RowsAsync(this CancelaHost host)
    {
        var counts = new List<string>();
        foreach (var table in Tables) counts.Add($"{table} {await host.NumberAsync($"SELECT count(*) FROM {table}")}");
        return string.Join(", ", counts);
    }

    public static async Task<int> NumberAsync(this CancelaHost host, string sql, params (string, object?)[] parameters) =>
        (await host.Database.ReadAllAsync(new Statement(sql, parameters), static row => row.GetInt32(0), CancellationToken.None)).Single();

    public static async Task ChangeAsync(this CancelaHost host, Guid id, AccountChange change) =>
        Assert.IsType<AccountUpdate.Updated>(
            await host.Services.GetRequiredService<AccountDirectory>().UpdateAsync(id, change, CancellationToken.None));

    /// <summary>Registers somebody and makes them an administrator, as the command line would.</summary>
    public static async Task<Guid> AdministratorAsync(this CancelaHost host, TestClient client, string email)
    {
        var id = (await client.RegisterAsync(email)).Id();
        await host.ChangeAsync(id, new AccountChange { Role = Roles.Administrator });
        return id;
    }

    public static Guid Id(this JsonElement user) => user.GetProperty("id").GetGuid();
}
