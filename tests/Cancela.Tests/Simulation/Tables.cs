using Cancela.Accounts;
using Cancela.Caching;

namespace Cancela.Tests.Simulation;

/// <summary>A row of <c>cancela_accounts</c>.</summary>
internal sealed record StoredAccount(Guid Id, string Email, string Role, string Status, int Version, DateTimeOffset CreatedAt)
{
    public object?[] Columns => [Id, Email, true, "Somebody", Role, Status, Version, CreatedAt];

    public bool IsActive => Status == AccountRow.Text(AccountStatus.Active);
}

/// <summary>A row of <c>cancela_sessions</c>.</summary>
internal sealed record StoredSession(
    Guid Id, Guid AccountId, string Strategy, Digest? Hash, string Scope, string Methods, DateTimeOffset AuthenticatedAt, DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, DateTimeOffset AbsoluteExpiresAt)
{
    public int Generation { get; init; }

    public DateTimeOffset? RotatedAt { get; init; }

    public object?[] Columns => [Id, AccountId, Strategy, Scope, Methods, AuthenticatedAt, CreatedAt, LastSeenAt, ExpiresAt, AbsoluteExpiresAt, null, null, null, null];
}

/// <summary>A row of <c>cancela_revocations</c>.</summary>
internal sealed class StoredRevocation(Work writer, string kind, string subject, int minVersion, DateTimeOffset until, long recordedAt)
{
    public Work Writer { get; } = writer;
    public long Position { get; } = writer.Number;
    public string Kind { get; } = kind;
    public string Subject { get; } = subject;
    public int MinVersion { get; } = minVersion;
    public DateTimeOffset Until { get; } = until;
    public long RecordedAt { get; } = recordedAt;

    /// <summary>When it was committed; never, so far.</summary>
    public long Commit { get; set; } = long.MaxValue;

    public bool IsSeenBy(Work work, long snapshot) => Writer == work || Commit <= snapshot;
}
