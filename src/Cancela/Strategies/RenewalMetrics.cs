using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cancela.Audit;
using Cancela.Problems;
using Cancela.Sql;

namespace Cancela.Strategies;

/// <summary>Counts renewals by what came of them.</summary>
internal sealed class RenewalMetrics(Meter meter)
{
    private readonly Counter<long> _refreshes = meter.CreateCounter<long>(
        "cancela.refreshes", "{refresh}", "Refresh tokens that were shown to be renewed, by what came of it.");

    /// <summary>Counts what comes of a renewal by the strategy that hands out what is new.</summary>
    public async Task<Renewal> CountAsync(string strategy, Task<Renewal> renewing)
    {
        try
        {
            var renewal = await renewing;
            Count(strategy, renewal switch
            {
                Renewal.Renewed => AuditEvent.Success,
                Renewal.Refused(var refusal) => refusal.Problem.Code,
                Renewal.Reused => Problem.RefreshReused.Code,
                _ => throw new UnreachableException(),
            });
            return renewal;
        }
        catch (StoreUnavailableException)
        {
            Count(strategy, Problem.StoreUnavailable.Code);
            throw;
        }
    }

    public void Count(string strategy, string outcome) =>
        _refreshes.Add(1, new KeyValuePair<string, object?>("strategy", strategy), new KeyValuePair<string, object?>("outcome", outcome));
}
