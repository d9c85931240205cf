using System.Data.Common;
using Cancela.Tokens;

namespace Cancela.Secrets;

/// <summary>A signing key as the database has it, without its material.</summary>
/// <param name="KeyId">Header <c>kid</c> of what it signs.</param>
/// <param name="Algorithm">What it signs with.</param>
/// <param name="CreatedAt">The newest that is not retired signs.</param>
/// <param name="RetiredAt">Since when it verifies nothing; <see langword="null"/> while it does.</param>
internal sealed record StoredKey(string KeyId, SigningAlgorithm Algorithm, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt)
{
    /// <summary>What <see cref="Read"/> expects.</summary>
    public const string Columns = "kid, algorithm, created_at, retired_at";

    public static StoredKey Read(DbDataReader row) => new(
        row.GetString(0), Enum.Parse<SigningAlgorithm>(row.GetString(1)), row.GetFieldValue<DateTimeOffset>(2),
        row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3));
}
