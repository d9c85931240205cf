using Cancela.Credentials.Passwords;
using Cancela.Revocation;
using Cancela.Secrets;
using Cancela.Sql;
using Cancela.Tokens;
using Microsoft.Extensions.Hosting;

namespace Cancela;

/// <summary>What must be true before the first request: schema current, keys loaded, revocations known.</summary>
internal sealed class CancelaStartup(
    Database database, Keys keys, SigningKeyDirectory keyDirectory, RevocationFollower follower,
    RevocationMetrics revocationMetrics, PasswordMetrics passwordMetrics) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // Nobody else would ask for them. Commands, which do not start the host, do without.
        revocationMetrics.Observe();
        passwordMetrics.Observe();
        await database.PrepareAsync(cancellationToken);
        await DatabaseGate.PassAsync(database, cancellationToken);
        keys.Current = await keyDirectory.LoadAsync(cancellationToken);
        if (!await follower.FollowOnceAsync(cancellationToken))
            throw new StoreUnavailableException("The revocation log could not be read at the start.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
