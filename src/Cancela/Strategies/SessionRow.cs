using System.Data.Common;

namespace Cancela.Strategies;

/// <summary>One sign-in that is alive, as the database has it.</summary>
internal sealed record SessionRow(
    Guid Id, Guid AccountId, string Strategy, string Scope, string Methods, DateTimeOffset AuthenticatedAt, DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, DateTimeOffset AbsoluteExpiresAt, string? IpAddress, string? UserAgent)
{
    /// <summary>After an exchange: when the session ID of the former cookie counts no more.</summary>
    public DateTimeOffset? SecretExpiresAt { get; init; }

    /// <summary>After an exchange: when the last of the former credentials expires. A revocation lasts at least as long.</summary>
    public DateTimeOffset? CredentialsUntil { get; init; }

    /// <summary>What <see cref="Read"/> expects, for a query that calls the table <c>s</c>.</summary>
    public const string Columns =
        "s.id, s.account_id, s.strategy, s.scope, s.amr, s.authenticated_at, s.created_at, s.last_seen_at, s.expires_at, s.absolute_expires_at, s.ip_address, s.user_agent, s.secret_expires_at, s.credentials_until";

    /// <summary>A condition on a row, for a statement in which nothing else has an <c>account_id</c>: its account is open.</summary>
    public const string AccountIsActive = "EXISTS (SELECT 1 FROM cancela_accounts a WHERE a.id = account_id AND a.status = 'active')";

    /// <summary>And has not moved on from <c>@version</c>.</summary>
    public const string AccountIsAsItWas = "EXISTS (SELECT 1 FROM cancela_accounts a WHERE a.id = account_id AND a.status = 'active' AND a.version = @version)";

    /// <summary>The same for <c>RETURNING</c>, which knows no other name for the table.</summary>
    public static readonly string OwnColumns = Columns.Replace("s.", "", StringComparison.Ordinal);

    /// <summary>How many they are: what a query adds stands behind them.</summary>
    public const int ColumnCount = 14;

    public static SessionRow Read(DbDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4),
        row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7),
        row.GetFieldValue<DateTimeOffset>(8), row.GetFieldValue<DateTimeOffset>(9),
        row.IsDBNull(10) ? null : row.GetString(10), row.IsDBNull(11) ? null : row.GetString(11))
    {
        SecretExpiresAt = row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12),
        CredentialsUntil = row.IsDBNull(13) ? null : row.GetFieldValue<DateTimeOffset>(13),
    };

    /// <summary>The row of a new sign-in.</summary>
    public static SessionRow Open(Proof proof, Guid id, string strategy, DateTimeOffset expiresAt, DateTimeOffset absoluteExpiresAt) => new(
        id, proof.Subject.AccountId, strategy, proof.Scope, proof.Methods, proof.At, proof.At, proof.At, expiresAt, absoluteExpiresAt,
        proof.Client.IpAddress, proof.Client.UserAgent);
}
