using Cancela.Revocation;
using Cancela.Sql;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cancela;

/// <summary>Ready: the revocation log is loaded and read lately, and the store answers.</summary>
internal sealed class CancelaHealthCheck(RevocationFollower follower, StalenessClock staleness, Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!follower.IsLoaded) return HealthCheckResult.Unhealthy("The revocation log is not loaded yet.");
        if (!staleness.IsConfirmed) return HealthCheckResult.Unhealthy("The revocation log was not read lately.");
        try
        {
            await database.ReadFirstAsync(new("SELECT 1"), static row => (object)row.GetInt32(0), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException exception)
        {
            return HealthCheckResult.Unhealthy("The store does not answer.", exception);
        }
    }
}
