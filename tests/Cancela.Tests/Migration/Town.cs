using Microsoft.Data.Sqlite;

namespace Cancela.Tests.Migration;

/// <summary>Rows of every kind in a SQLite file, written in one transaction: as the library writes them, and as operators do.</summary>
internal static class Town
{
    public static Guid Account(int number) => new(number, 1, 7, [0x80, 0, 0, 0, 0, 0, 0, 1]);

    public static Guid Session(int number) => new(number, 2, 7, [0x80, 0, 0, 0, 0, 0, 0, 2]);

    /// <summary>Some people with two sessions each, and beside them what happened to others.</summary>
    public static async Task SettleAsync(string file, int people)
    {
        Cancela.Sqlite.SqliteLibrary.Load();
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);
        for (var i = 1; i <= people; i++)
        {
            await RunAsync(
                """
                INSERT INTO cancela_accounts (id, email, email_key, email_verified, name, role, status, version, password_hash, created_at, updated_at)
                VALUES (@id, @email, @key, @verified, @name, @role, @status, @version, @hash, @at, @at)
                """,
                ("id", Account(i)), ("email", $"Person{i}@example.com"), ("key", $"person{i}@example.com"), ("verified", i % 2), ("name", NameOf(i)),
                ("role", i % 100 == 1 ? "ADMIN" : "USER"), ("status", i % 50 == 0 ? "closed" : "active"), ("version", 1 + (i % 7)),
                ("hash", i % 3 == 0 ? null : "$argon2id$v=19$m=7168,t=5,p=1$" + i), ("at", at.AddSeconds(i)));
            foreach (var session in new[] { (2 * i) - 1, 2 * i })
            {
                await RunAsync(
                    """
                    INSERT INTO cancela_sessions (id, account_id, strategy, secret_hash, generation, rotated_at, scope, authenticated_at, created_at, last_seen_at,
                        expires_at, absolute_expires_at, secret_expires_at, credentials_until, ip_address, user_agent)
                    VALUES (@id, @account, @strategy, @hash, @generation, @rotated, '', @at, @at, @at, @end, @end, @secret, @until, @ip, @agent)
                    """,
                    ("id", Session(session)), ("account", Account(i)), ("strategy", session % 2 == 0 ? "session" : "refresh-rotation"),
                    ("hash", session % 2 == 0 ? Account(session).ToByteArray() : null), ("generation", session % 5), ("rotated", session % 5 == 0 ? null : at.AddTicks(session)),
                    ("at", at), ("end", at.AddDays(900)), ("secret", session % 3 == 0 ? at.AddDays(1) : null), ("until", session % 3 == 1 ? at.AddDays(2) : null),
                    ("ip", session % 4 == 0 ? null : "192.0.2.1"), ("agent", session % 4 == 1 ? null : "Agent \0 of " + session));
            }
            await RunAsync("INSERT INTO cancela_revocations (kind, subject, min_version, until, recorded_at) VALUES (@kind, @subject, @version, @until, @at)",
                ("kind", i % 9 == 0 ? "key" : i % 2 == 0 ? "account" : "session"), ("subject", i % 9 == 0 ? $"Kid-{i}_x" : Account(i + 1_000_000).ToString()),
                ("version", i % 9 != 0 && i % 2 == 0 ? int.MaxValue - (i % 2_000) : 0), ("until", at.AddDays(900)), ("at", at));
            await RunAsync("INSERT INTO cancela_failed_attempts (key, failures, resets, last_failed_at) VALUES (@key, @failures, @resets, @at)",
                ("key", SignIn.Failed(i)), ("failures", i % 21), ("resets", i % 4), ("at", at));
            await RunAsync("INSERT INTO cancela_audit (at, node, event, outcome, account_id, session_id, method, ip_address) VALUES (@at, 'here', 'sign_in', 'success', @account, @session, @method, '::1')",
                ("at", at.AddTicks(i)), ("account", i % 5 == 0 ? null : Account(i)), ("session", i % 5 == 0 ? null : Session(i)), ("method", i % 2 == 0 ? null : "session"));
        }
        // Not of everybody.
        for (var i = 1; i <= people; i += 3)
        {
            await RunAsync("INSERT INTO cancela_totp (account_id, secret, algorithm, last_step, confirmed_at, pending, pending_until) VALUES (@id, @secret, 'SHA256', @step, @at, @pending, @until)",
                ("id", Account(i)), ("secret", Account(i).ToByteArray()), ("step", 58_000_000 + i), ("at", at), ("pending", i % 2 == 0 ? null : Account(i).ToByteArray()), ("until", i % 2 == 0 ? null : at.AddDays(1)));
            await RunAsync("INSERT INTO cancela_recovery_codes (code_hash, account_id, created_at) VALUES (@hash, @id, @at)", ("hash", SignIn.Failed(i)), ("id", Account(i)), ("at", at));
            await RunAsync("INSERT INTO cancela_one_time_tokens (token_hash, purpose, account_id, data, expires_at) VALUES (@hash, 'second_factor', @id, '{}', @at)",
                ("hash", SignIn.Failed(i)), ("id", Account(i)), ("at", at.AddDays(900)));
        }
        foreach (var kid in new[] { "aB-c_1", "Ab-C_2", "_zz" })
        {
            await RunAsync("INSERT INTO cancela_keys (kid, algorithm, material, created_at, retired_at) VALUES (@kid, 'ES256', @material, @at, @retired)",
                ("kid", kid), ("material", Account(kid.Length).ToByteArray()), ("at", at), ("retired", kid == "_zz" ? at : null));
        }
        await transaction.CommitAsync();

        async Task RunAsync(string sql, params (string Name, object? Value)[] values)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in values) command.Parameters.AddWithValue("@" + name, value ?? DBNull.Value);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static string? NameOf(int number) => number % 4 == 0 ? null : number % 4 == 1 ? "Ana\0Lúcia 🙂" : "Person " + number;

    private static class SignIn
    {
        public static string Failed(int number) => Cancela.SignIn.FailedAttempts.KeyOf(number.ToString());
    }
}
