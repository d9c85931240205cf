using Cancela.Revocation;
using Cancela.Secrets;
using Cancela.Sql;
using Cancela.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Cancela;

/// <summary>What must be true before the first request: settings valid, schema current, keys loaded, revocations known.</summary>
internal sealed class CancelaStartup(IServiceProvider services) : IHostedLifecycleService
{
    /// <summary>What a command line needs of it: the services are ready, and nothing runs beside them.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<CancelaOptions>();
        var database = services.GetService<Database>() ?? throw Fault("No database was chosen: AddCancela().UseSqlite(\"app.db\"), for example.");
        await database.PrepareAsync(cancellationToken);
        services.GetRequiredService<Keys>().Current = await services.GetRequiredService<SigningKeyDirectory>().LoadAsync(cancellationToken);
        if (!await services.GetRequiredService<RevocationFollower>().FollowOnceAsync(cancellationToken))
            throw new StoreUnavailableException("The revocation log could not be read at the start.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static OptionsValidationException Fault(string fault) => new("Cancela", typeof(CancelaOptions), [fault]);
}
