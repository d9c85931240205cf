using Cancela.Tests.Revocation;

namespace Cancela.Faults;

/// <summary>What there is to show: credentials that count, and ones that were ended.</summary>
internal sealed class Pool
{
    private static readonly long Recent = Ticks.Of(TimeSpan.FromSeconds(8));

    private readonly Lock _lock = new();
    private readonly List<Credential> _living = [];
    private readonly List<(Credential Credential, long At)> _ended = [];

    public void Add(IEnumerable<Credential> credentials)
    {
        lock (_lock) _living.AddRange(credentials.Where(static credential => credential.Kind != CredentialKind.Refresh));
    }

    /// <summary>They count no more, or nobody knows whether they do.</summary>
    public void Remove(IEnumerable<Credential> credentials)
    {
        lock (_lock) foreach (var credential in credentials) _living.Remove(credential);
    }

    public void End(IReadOnlyList<Credential> credentials)
    {
        Remove(credentials);
        lock (_lock) foreach (var credential in credentials) _ended.Add((credential, Ticks.Now));
    }

    /// <summary>One of them: half of the time one that counts, else mostly one that was ended lately.</summary>
    public Credential? Draw(Dice dice)
    {
        lock (_lock)
        {
            var turn = dice.Below(10);
            if (turn < 5 || _ended.Count == 0) return _living.Count == 0 ? null : _living[dice.Below(_living.Count)];
            if (turn == 9) return _ended[dice.Below(_ended.Count)].Credential;
            var since = Ticks.Now - Recent;
            var first = _ended.Count;
            while (first > 0 && _ended[first - 1].At > since) first--;
            return first == _ended.Count ? _ended[dice.Below(_ended.Count)].Credential : _ended[first + dice.Below(_ended.Count - first)].Credential;
        }
    }
}
