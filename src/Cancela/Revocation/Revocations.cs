using Cancela.Sql;

namespace Cancela.Revocation;

/// <summary>The one door to revocation: does a credential still count?</summary>
internal sealed class Revocations(RevocationSet set, StalenessClock staleness, RevocationLog log, RevocationOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>
    /// The version to ask with for whoever reads the account afterwards and hands out its new version. Of the account it is
    /// then said only that it was deleted, and what else there is to say (a session that was ended, a retired key) is said.
    /// </summary>
    public const int AnyVersion = RevocationEntry.AccountMovedOn.NoVersion - 1;

    private static readonly TimeSpan AskDeadline = TimeSpan.FromSeconds(1);

    // While the node is blind every request asks: more at once would only queue in the driver and hold threads.
    private readonly SemaphoreSlim _asking = new(32);

    /// <summary>What the store said when it was asked.</summary>
    public BlindAnswers Asked { get; } = new();

    /// <summary>
    /// Decides without the store: for what must not read it. While the node is blind it is
    /// <see cref="RevocationVerdict.Unknown"/>, unless the set says no (what it holds is true however old) or the
    /// setting is <see cref="WhenBlind.Accept"/>.
    /// </summary>
    public RevocationVerdict Check(Guid sessionId, Guid accountId, int version, string? keyId)
    {
        // The clock is asked before the set. The other way round, a read that ends in between would vouch for a
        // lookup that did not see what it brought.
        var confirmed = staleness.IsConfirmed;
        var verdict = set.Find(sessionId, accountId, version, keyId);
        return verdict != RevocationVerdict.Counts || confirmed || options.WhenBlind == WhenBlind.Accept
            ? verdict
            : RevocationVerdict.Unknown;
    }

    /// <summary>Decides, and asks the store where the node is blind and the setting is <see cref="WhenBlind.AskStore"/>. Otherwise it completes at once and allocates nothing.</summary>
    public ValueTask<RevocationVerdict> CheckAsync(
        Guid sessionId, Guid accountId, int version, string? keyId, CancellationToken cancellationToken)
    {
        var verdict = Check(sessionId, accountId, version, keyId);
        return verdict == RevocationVerdict.Unknown && options.WhenBlind == WhenBlind.AskStore
            ? new(AskAsync(sessionId, accountId, version, keyId, cancellationToken))
            : new(verdict);
    }

    /// <summary>
    /// The lowest version of the account that still counts. A cache that holds a copy of an account compares the
    /// copy's version with it on every use: no event to subscribe to, none to lose.
    /// </summary>
    public int LowestVersion(Guid accountId) => set.LowestVersion(accountId);

    public void Dispose() => _asking.Dispose();

    private async Task<RevocationVerdict> AskAsync(
        Guid sessionId, Guid accountId, int version, string? keyId, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(AskDeadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _asking.WaitAsync(either.Token);
            return Asked.Count(await Ask(either.Token).WaitAsync(either.Token));
        }
        catch (Exception exception) when (exception is StoreUnavailableException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Asked.Count(RevocationVerdict.Unknown);
        }

        // It goes on when nobody waits for it any more, and keeps its place until it ends.
        async Task<RevocationVerdict> Ask(CancellationToken token)
        {
            try
            {
                return await log.AskAsync(sessionId, accountId, version, keyId, token);
            }
            finally
            {
                _asking.Release();
            }
        }
    }
}
