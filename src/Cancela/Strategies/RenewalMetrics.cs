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

    /// <summary>Renews, and counts what came of it.</summary>
    public async Task<Renewal> RenewAsync(IRenewingStrategy strategy, string refreshToken, CancellationToken cancellationToken)
    {
        try
        {
            var renewal = await strategy.RenewAsync(refreshToken, cancellationToken);
            Count(strategy.Name, renewal switch
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
            Count(strategy.Name, Problem.StoreUnavailable.Code);
            throw;
        }
    }

    public void Count(string strategy, string outcome) =>
        _refreshes.Add(1, new KeyValuePair<string, object?>("strategy", strategy), new KeyValuePair<string, object?>("outcome", outcome));
}
