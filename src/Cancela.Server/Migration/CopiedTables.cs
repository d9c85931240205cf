using static Cancela.Server.Migration.ColumnKind;

namespace Cancela.Server.Migration;

/// <summary>Everything that a deployment knows, in the order in which it is copied.</summary>
internal static class CopiedTables
{
    /// <summary>First of all: what is deleted from the copy afterwards stands in its log already, and its triggers add nothing.</summary>
    public static readonly FollowedTable Log = new(
        "cancela_revocations", "position",
        new("kind", Words), new("subject", Subject), new("min_version", Number), new("until", Time), new("recorded_at", Time));

    public static readonly FollowedTable Audit = new(
        "cancela_audit", "id",
        new("at", Time), new("node", Words), new("event", Words), new("outcome", Words), new("account_id", Id), new("session_id", Id),
        new("method", Words), new("ip_address", Words), new("user_agent", Words), new("trace_id", Words));

    public static readonly IReadOnlyList<CopiedTable> All =
    [
        // As it is encrypted: the secret stays the same.
        new("cancela_keys", new("kid", Words), new("algorithm", Words), new("material", Bytes), new("created_at", Time), new("retired_at", Time)),
        new("cancela_accounts",
            new("id", Id), new("email", Words), new("email_key", Words), new("email_verified", Flag), new("name", Words), new("role", Words),
            new("status", Words), new("version", Number), new("password_hash", Words), new("created_at", Time), new("updated_at", Time))
        {
            // Whoever had the address before was given another since, or is gone: their turn comes.
            Before = static row => new(
                "UPDATE cancela_accounts SET email_key = '?' || CAST(id AS TEXT) WHERE email_key = @key AND id <> @id", ("key", row[2]), ("id", row[0])),
        },
        new("cancela_sessions",
            new("id", Id), new("account_id", Id), new("strategy", Words), new("secret_hash", Bytes), new("generation", Number), new("rotated_at", Time),
            new("scope", Words), new("amr", Words), new("authenticated_at", Time), new("created_at", Time), new("last_seen_at", Time),
            new("expires_at", Time), new("absolute_expires_at", Time), new("secret_expires_at", Time), new("credentials_until", Time),
            new("ip_address", Words), new("user_agent", Words), new("sweep_at", Time))
        {
            // As the housekeeping marks what ran out: one that was ended is in the log, and the trigger need not say so again.
            BeforeDelete = "UPDATE cancela_sessions SET expires_at = created_at WHERE id = @id",
        },
        // As they are encrypted, too.
        new("cancela_totp",
            new("account_id", Id), new("secret", Bytes), new("algorithm", Words), new("last_step", Number), new("confirmed_at", Time),
            new("pending", Bytes), new("pending_algorithm", Words), new("pending_until", Time)),
        new("cancela_recovery_codes", new("code_hash", Words), new("account_id", Id), new("created_at", Time)),
        new("cancela_one_time_tokens",
            new("token_hash", Words), new("purpose", Words), new("account_id", Id), new("data", Words), new("expires_at", Time)),
        new("cancela_failed_attempts", new("key", Words), new("failures", Number), new("resets", Number), new("last_failed_at", Time)),
    ];
}
