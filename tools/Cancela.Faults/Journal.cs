using System.Collections.Concurrent;

namespace Cancela.Faults;

/// <summary>What the load asked and heard.</summary>
internal sealed class Journal
{
    private int _credentials;

    public ConcurrentQueue<Credential> Credentials { get; } = [];

    public ConcurrentQueue<Shown> Shown { get; } = [];

    public ConcurrentQueue<Ending> Endings { get; } = [];

    public ConcurrentQueue<Renewal> Renewals { get; } = [];

    public ConcurrentQueue<RoleChange> RoleChanges { get; } = [];

    /// <summary>Answers that nobody should get, whatever fails: in sentences.</summary>
    public ConcurrentQueue<string> Oddities { get; } = [];

    public Credential Issue(int account, string strategy, CredentialKind kind, string value)
    {
        var credential = new Credential(Interlocked.Increment(ref _credentials), account, strategy, kind, value);
        Credentials.Enqueue(credential);
        return credential;
    }
}

internal enum CredentialKind
{
    Cookie,
    Access,
    Refresh,
}

/// <summary>Something that was handed out.</summary>
internal sealed record Credential(int Number, int Account, string Strategy, CredentialKind Kind, string Value)
{
    public override string ToString() => $"{Kind} {Number} of {Strategy}";
}

internal enum Outcome : byte
{
    Accepted,
    Refused,

    /// <summary>502, 503 or 504: no opinion.</summary>
    Unavailable,

    /// <summary>The connection broke, or nobody answered in time.</summary>
    Silent,

    /// <summary>None of these: a fault in any case.</summary>
    Odd,
}

/// <summary>A credential was shown at a door.</summary>
/// <param name="Role">Of an answer that tells one; else null.</param>
/// <param name="GateOnly">Nothing else was asked for that could have failed.</param>
internal readonly record struct Shown(int Credential, int Door, long Sent, long Received, Outcome Outcome, string? Role = null, bool GateOnly = false);

/// <summary>Something ends credentials.</summary>
/// <param name="Door">Where it was asked for.</param>
/// <param name="From">From when a refusal is right.</param>
/// <param name="Acknowledged">When we heard that it was done; null: nobody knows whether it was.</param>
internal sealed record Ending(EndingKind Kind, int Door, long From, long? Acknowledged, IReadOnlyList<int> Covers);

internal enum EndingKind
{
    Logout,
    TokenRevoked,
    OneSession,
    OtherSessions,
    AllSessions,
    RoleChange,
    PasswordChange,
    Ban,
    Deletion,
    Reuse,

    /// <summary>A refresh token that gave way to its successor, when its grace is over: no revocation, but held to the same.</summary>
    Rotation,

    /// <summary>Something else may have ended them as well.</summary>
    SideEffect,
}

/// <summary>A refresh token was exchanged for its successor.</summary>
internal sealed record Renewal(int Parent, long Received, string Child);

/// <summary>An account was given a role. Its cookies of <c>session</c> go on, and must show it.</summary>
internal sealed record RoleChange(int Account, string Role, long Sent, long? Acknowledged);
