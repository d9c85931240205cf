using System.Text.Json;

namespace Cancela.Tests.Hostile;

/// <summary>What a test sees of a host that no client sees.</summary>
internal static class Insight
{
    private static readonly string[] Tables = ["cancela_accounts", "cancela_sessions", "cancela_revocations", "cancela_audit", "cancela_failed_attempts"];

    /// <summary>Rows of each table: two equal texts mean that nothing was written.</summary>
    public static async Task<string> RowsAsync(this CancelaHost host)
    {
        var counts = new List<string>();
        foreach (var table in Tables) counts.Add($"{table} {await host.Sql.CountAsync(table)}");
        return string.Join(", ", counts);
    }

    public static Guid Id(this JsonElement user) => user.GetProperty("id").GetGuid();
}
