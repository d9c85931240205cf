using Cancela;
using Cancela.Revocation;
using Cancela.Sql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The first of the two doors: <c>builder.Services.AddCancela()</c>. The other is <c>app.MapCancela()</c>.</summary>
public static class CancelaServices
{
    /// <summary>
    /// Adds sessions, tokens and revocation, and makes Cancela the default authentication scheme. Settings come from section
    /// <c>Cancela</c> of the configuration, then from <paramref name="configure"/>; what is wrong with them stops the start,
    /// all of it told at once. A database has to be chosen on what is returned, for example with <c>UseSqlite("app.db")</c>.
    /// </summary>
    public static CancelaBuilder AddCancela(this IServiceCollection services, Action<CancelaOptions>? configure = null)
    {
        services.TryAddSingleton<TimeProvider>(static _ => new BootClock());
        services.AddSingleton(at => CancelaSettings.ReadValid(at.GetRequiredService<IConfiguration>(), at.GetRequiredService<IHostEnvironment>(), configure));
        services.TryAddSingleton<Database>(static _ => throw CancelaSettings.Fault("No database was chosen: AddCancela().UseSqlite(\"app.db\"), for example."));
        services.AddMetrics();
        services.AddProblems();
        services.AddTokens();
        services.AddRevocation();
        services.AddAccounts();
        services.AddStrategies();
        services.AddExchange();
        services.AddGate();
        services.AddSignIn();
        services.AddEndpoints();
        services.AddHostedService<CancelaStartup>();
        services.AddHostedService(static at => at.GetRequiredService<RevocationFollower>());
        services.AddHostedService<CancelaHousekeeping>();
        services.AddHealthChecks().AddCheck<CancelaHealthCheck>("cancela");
        return new CancelaBuilder(services);
    }
}
