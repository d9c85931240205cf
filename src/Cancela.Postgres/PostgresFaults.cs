using System.Data.Common;
using Npgsql;

namespace Cancela.Postgres;

/// <summary>What a failure means: the database is away, two transactions met, or it is a bug.</summary>
internal static class PostgresFaults
{
    // https://www.postgresql.org/docs/current/errcodes-appendix.html: connection exceptions, invalid authorization (a
    // password that was changed), resources exhausted, operator intervention (shutdown, crash, cancelled), system errors.
    private static readonly string[] OutageClasses = ["08", "28", "53", "57", "58", "XX"];

    private static readonly string[] Outages =
    [
        PostgresErrorCodes.ReadOnlySqlTransaction,   // the primary became a replica
        PostgresErrorCodes.ObjectNotInPrerequisiteState, // the log was asked of a replica
        PostgresErrorCodes.InvalidCatalogName,       // the database is gone
        PostgresErrorCodes.LockNotAvailable,
    ];

    // Also where a unique value was taken by somebody between our look and our write: who looks again sees it.
    public static bool IsConflict(DbException exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation,
    };

    // What is no answer of the server's is the network's or a time-out.
    public static bool IsOutage(DbException exception) => exception is PostgresException answer
        ? Array.Exists(OutageClasses, answer.SqlState.StartsWith) || Array.IndexOf(Outages, answer.SqlState) >= 0
        : exception is NpgsqlException;
}
