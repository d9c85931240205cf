namespace Cancela.Faults;

/// <summary>When all is well again: everything that was ever handed out is shown once more, on every node. Nothing was forgotten, and nobody.</summary>
internal sealed class FinalPass(Town town)
{
    private const int AtOnce = 8;
    private const int Tries = 20;

    public async Task RunAsync()
    {
        var ended = new HashSet<int>();
        var unclear = new HashSet<int>();
        foreach (var ending in town.Journal.Endings)
            (ending.Acknowledged is not null && ending.Kind != EndingKind.Rotation ? ended : unclear).UnionWith(ending.Covers);

        // Refresh tokens last: to show one is to change something, and one that may have given way is not shown at all.
        var all = town.Journal.Credentials.ToList();
        await EachAsync(all.Where(static credential => credential.Kind != CredentialKind.Refresh), Everywhere);
        await EachAsync(all.Where(credential => credential.Kind == CredentialKind.Refresh && ended.Contains(credential.Number)), Everywhere);
        await EachAsync(all.Where(credential => credential.Kind == CredentialKind.Refresh && !ended.Contains(credential.Number) && !unclear.Contains(credential.Number)), Somewhere);
    }

    private static Task EachAsync(IEnumerable<Credential> credentials, Func<Credential, Task> show) =>
        Parallel.ForEachAsync(credentials, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (credential, _) => await show(credential));

    private async Task Everywhere(Credential credential)
    {
        foreach (var door in town.Doors.Where(static door => door.Number != Door.Proxy)) await InsistAsync(door, credential);
    }

    private Task Somewhere(Credential credential) => InsistAsync(town.Doors[credential.Number % Cluster.Size], credential);

    private async Task InsistAsync(Door door, Credential credential)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var answer = await town.ShowAsync(door, credential);
            if (answer.Outcome is Outcome.Accepted or Outcome.Refused) return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
        town.Journal.Oddities.Enqueue($"{Door.NameOf(door.Number)} does not serve, though all is well again.");
    }
}
