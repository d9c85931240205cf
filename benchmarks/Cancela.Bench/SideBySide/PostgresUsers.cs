using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Cancela.Bench.SideBySide;

/// <summary>
/// Identity's users in one table, one statement for each question. Less than a full store: no roles, claims, second factor or count of
/// failures, each of which asks the database more.
/// </summary>
internal sealed class PostgresUsers(NpgsqlDataSource source) : IUserPasswordStore<PostgresUser>, IUserEmailStore<PostgresUser>, IUserSecurityStampStore<PostgresUser>
{
    private const string Columns = "id, user_name, normalized_user_name, email, normalized_email, email_confirmed, password_hash, security_stamp";

    public static void CreateTable(NpgsqlDataSource source)
    {
        using var command = source.CreateCommand(
            """
            CREATE TABLE IF NOT EXISTS users (
                id text PRIMARY KEY, user_name text NOT NULL, normalized_user_name text NOT NULL UNIQUE, email text, normalized_email text UNIQUE,
                email_confirmed boolean NOT NULL, password_hash text, security_stamp text)
            """);
        command.ExecuteNonQuery();
    }

    public Task<IdentityResult> CreateAsync(PostgresUser user, CancellationToken cancellationToken) =>
        RunAsync($"INSERT INTO users ({Columns}) VALUES (@id, @user_name, @normalized_user_name, @email, @normalized_email, @email_confirmed, @password_hash, @security_stamp)", user, cancellationToken);

    public Task<IdentityResult> UpdateAsync(PostgresUser user, CancellationToken cancellationToken) => RunAsync(
        """
        UPDATE users SET user_name = @user_name, normalized_user_name = @normalized_user_name, email = @email, normalized_email = @normalized_email,
            email_confirmed = @email_confirmed, password_hash = @password_hash, security_stamp = @security_stamp
        WHERE id = @id
        """, user, cancellationToken);

    public Task<IdentityResult> DeleteAsync(PostgresUser user, CancellationToken cancellationToken) => RunAsync("DELETE FROM users WHERE id = @id", user, cancellationToken);

    public Task<PostgresUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => FindAsync("id", userId, cancellationToken);

    public Task<PostgresUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindAsync("normalized_user_name", normalizedUserName, cancellationToken);

    public Task<PostgresUser?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) => FindAsync("normalized_email", normalizedEmail, cancellationToken);

    public Task<string> GetUserIdAsync(PostgresUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(PostgresUser user, CancellationToken cancellationToken) => Task.FromResult(user.UserName);

    public Task SetUserNameAsync(PostgresUser user, string? userName, CancellationToken cancellationToken) => Set(user.UserName = userName);

    public Task<string?> GetNormalizedUserNameAsync(PostgresUser user, CancellationToken cancellationToken) => Task.FromResult(user.NormalizedUserName);

    public Task SetNormalizedUserNameAsync(PostgresUser user, string? normalizedName, CancellationToken cancellationToken) => Set(user.NormalizedUserName = normalizedName);

    public Task<string?> GetEmailAsync(PostgresUser user, CancellationToken cancellationToken) => Task.FromResult(user.Email);

    public Task SetEmailAsync(PostgresUser user, string? email, CancellationToken cancellationToken) => Set(user.Email = email);

    public Task<string?> GetNormalizedEmailAsync(PostgresUser user, CancellationToken cancellationToken) => Task.FromResult(user.NormalizedEmail);

    public Task SetNormalizedEmailAsync(PostgresUser user, string? normalizedEmail, CancellationToken cancellationToken) => Set(user.NormalizedEmail = normalizedEmail);

    public Task<bool> GetEmailConfirmedAsync(PostgresUser user, CancellationToken cancellationToken) => Task.FromResult(user.EmailConfirmed);

    public Task SetEmailConfirmedAsync(PostgresUser user, bool confirmed, CancellationToken cancellationToken) => Set(user.EmailConfirmed = confirmed);

    public Task<string?> GetPasswordHashAsync(PostgresUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task SetPasswordHashAsync(PostgresUser user, string? passwordHash, CancellationToken cancellationToken) => Set(user.PasswordHash = passwordHash);

    public Task<bool> HasPasswordAsync(PostgresUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<string?> GetSecurityStampAsync(PostgresUser user, CancellationToken cancellationToken) => Task.FromResult(user.SecurityStamp);

    public Task SetSecurityStampAsync(PostgresUser user, string stamp, CancellationToken cancellationToken) => Set(user.SecurityStamp = stamp);

    public void Dispose()
    {
        // The container's data source is not ours.
    }

    private static Task Set(object? _) => Task.CompletedTask;

    private async Task<PostgresUser?> FindAsync(string column, string value, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"SELECT {Columns} FROM users WHERE {column} = @value");
        command.Parameters.AddWithValue("value", value);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? Read(row) : null;
    }

    private async Task<IdentityResult> RunAsync(string statement, PostgresUser user, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(statement);
        foreach (var (name, value) in new (string, object?)[]
        {
            ("id", user.Id), ("user_name", user.UserName), ("normalized_user_name", user.NormalizedUserName), ("email", user.Email), ("normalized_email", user.NormalizedEmail),
            ("email_confirmed", user.EmailConfirmed), ("password_hash", user.PasswordHash), ("security_stamp", user.SecurityStamp),
        })
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return IdentityResult.Success;
    }

    private static PostgresUser Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        UserName = row.GetString(1),
        NormalizedUserName = row.GetString(2),
        Email = Text(row, 3),
        NormalizedEmail = Text(row, 4),
        EmailConfirmed = row.GetBoolean(5),
        PasswordHash = Text(row, 6),
        SecurityStamp = Text(row, 7),
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
