using Cancela.Strategies;
using Cancela.Tokens;

namespace Cancela.Tests.Simulation;

/// <summary>Sees everything, knows every acknowledgment, and judges every answer.</summary>
internal sealed class Oracle(World world, TimeSpan bound)
{
    private readonly List<Revoked> _revoked = [];
    private readonly Dictionary<(Guid Session, int Generation), Guid> _successors = [];

    /// <summary>The first thing that should not have happened.</summary>
    public string? Violation { get; private set; }

    public long Checks { get; private set; }

    public IReadOnlyList<Revoked> All => _revoked;

    /// <summary>A revocation was acknowledged, or a node said that it knows of it: from here on the promise counts.</summary>
    public void Acknowledged(Revoked revoked)
    {
        _revoked.Add(revoked with { Begun = Errand.Current?.StartedAt ?? world.Now });
        world.Note($"acknowledged: {revoked.Kind}", revoked.Node, revoked.Label, revoked.MinVersion);
    }

    /// <summary>A credential was accepted.</summary>
    public void Accepted(Shown shown, Instant decided)
    {
        Checks++;
        foreach (var revoked in _revoked)
        {
            if (!revoked.Covers(shown)) continue;
            if (decided.At > revoked.At.At + bound.Ticks)
                Violate($"node {shown.Node} accepted {shown.What} #{shown.Label} {Seconds(decided.At - revoked.At.At)} s after the acknowledgment: {revoked.Kind}");
            else if (revoked.Node == shown.Node && decided.Step > revoked.At.Step)
                Violate($"node {shown.Node} accepted {shown.What} #{shown.Label} after it had acknowledged itself: {revoked.Kind}");
        }
    }

    /// <summary>A refresh token was exchanged for another.</summary>
    public void Renewed(TokenClaims presented, TokenClaims successor, int node, int label)
    {
        Checks++;
        if (successor.Generation != presented.Generation + 1)
            Violate($"node {node} exchanged generation {presented.Generation} of #{label} for {successor.Generation}: two chains live");
        else if (!_successors.TryAdd((presented.SessionId, successor.Generation!.Value), successor.TokenId)
            && _successors[(presented.SessionId, successor.Generation.Value)] != successor.TokenId)
            Violate($"node {node} made another successor of generation {presented.Generation} of #{label}: two chains live");
    }

    public void Expect(bool holds, string otherwise)
    {
        Checks++;
        if (!holds) Violate(otherwise);
    }

    public void Violate(string what)
    {
        world.Note("VIOLATION: " + what);
        Violation ??= what;
    }

    private static string Seconds(long ticks) => (ticks / (double)TimeSpan.TicksPerSecond).ToString("F3");
}

/// <summary>A credential, as it is judged.</summary>
internal sealed record Shown(string What, int Node, int Label, Guid SessionId, Guid AccountId, int Version, string? KeyId)
{
    /// <summary>Renewing reads the account: a raised version is no reason to refuse, a closed account is.</summary>
    public bool ReadsAccount { get; init; }
}

/// <summary>What was acknowledged.</summary>
internal sealed record Revoked(string Kind, int Node, int Label, Instant At)
{
    /// <summary>When it was asked for. How long an entry is kept is reckoned from then.</summary>
    public long Begun { get; init; }

    public Guid? SessionId { get; init; }
    public Guid? AccountId { get; init; }

    /// <summary>The session's account: where that was deleted, its sessions need no entry of their own.</summary>
    public Guid? Owner { get; init; }
    public int MinVersion { get; init; }
    public bool IsClosed { get; init; }
    public string? KeyId { get; init; }

    public bool Covers(Shown shown) =>
        SessionId == shown.SessionId
        || (AccountId == shown.AccountId && (IsClosed || !shown.ReadsAccount) && shown.Version < MinVersion)
        || (KeyId is not null && KeyId == shown.KeyId);
}

/// <summary>A sign-in, as the client knows it.</summary>
internal sealed class Client(int label, Guid id, Guid accountId, string strategy)
{
    public int Label { get; } = label;
    public Guid Id { get; } = id;
    public Guid AccountId { get; } = accountId;

    public bool HasCookie => strategy == StrategyNames.Session;

    public string? Cookie { get; set; }
    public List<(string Token, TokenClaims Claims)> Access { get; } = [];
    public List<(string Token, TokenClaims Claims)> Refresh { get; } = [];

    /// <summary>How often it is being renewed now: any of these may be a replay, and end it before its caller hears so.</summary>
    public int Renewing { get; set; }

    /// <summary>Whether somebody tried to end it, or what became of an attempt to renew it is not known.</summary>
    public bool IsTouched { get; set; }
}
