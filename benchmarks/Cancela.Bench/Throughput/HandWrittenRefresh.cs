using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Cancela.Bench.Throughput;

/// <summary>
/// What one would write: a table of refresh tokens, whose row one statement reads and another one moves on to the next token, and an
/// access token signed by hand. It knows no grace for parallel uses, no reuse and no revocation.
/// </summary>
internal static partial class HandWrittenRefresh
{
    public const string Setting = "HandWrittenRefresh", Path = "/refresh";

    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);
    private static readonly TimeSpan Access = TimeSpan.FromMinutes(30), Refresh = TimeSpan.FromDays(7);

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var source = BenchServers.Connect(builder.Configuration["Postgres"]!);
        using (var create = source.CreateCommand(
            """
            CREATE TABLE accounts (id uuid PRIMARY KEY, email text NOT NULL UNIQUE, role text NOT NULL);
            CREATE TABLE refresh_tokens (id uuid PRIMARY KEY, account_id uuid NOT NULL REFERENCES accounts, hash bytea NOT NULL UNIQUE, expires_at timestamptz NOT NULL);
            INSERT INTO accounts VALUES (gen_random_uuid(), 'ada@example.com', 'USER')
            """))
            create.ExecuteNonQuery();
        var app = builder.Build();
        app.MapPost(Path, (HttpContext context, CancellationToken cancellationToken) => RenewAsync(source, context, cancellationToken));
        app.MapGet(LoopbackServer.Renewable, async () =>
        {
            var token = NewToken();
            await using var insert = source.CreateCommand("INSERT INTO refresh_tokens SELECT gen_random_uuid(), id, $1, $2 FROM accounts");
            insert.Parameters.Add(new() { Value = HashOf(token) });
            insert.Parameters.Add(new() { Value = TimeProvider.System.GetUtcNow() + Refresh });
            await insert.ExecuteNonQueryAsync();
            return Results.Text(token);
        });
        return app;
    }

    private static async Task<IResult> RenewAsync(NpgsqlDataSource source, HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Headers.Authorization is not [{ } header] || !header.StartsWith("Bearer ", StringComparison.Ordinal)) return Results.Unauthorized();
        var presented = HashOf(header["Bearer ".Length..]);
        var now = TimeProvider.System.GetUtcNow();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        if (await FindAsync(connection, presented, now, cancellationToken) is not { } found) return Results.Unauthorized();

        var successor = NewToken();
        await using var update = new NpgsqlCommand("UPDATE refresh_tokens SET hash = $1, expires_at = $2 WHERE hash = $3", connection);
        update.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = HashOf(successor) });
        update.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now + Refresh });
        update.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = presented });
        // Of two that show the same token at once, one finds it.
        if (await update.ExecuteNonQueryAsync(cancellationToken) != 1) return Results.Unauthorized();
        return Results.Json(new Tokens(Sign(found, now), successor, "bearer", (int)Access.TotalSeconds), Json.Default.Tokens);
    }

    private static async Task<Found?> FindAsync(NpgsqlConnection connection, byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var select = new NpgsqlCommand(
            "SELECT a.id, a.email, a.role FROM refresh_tokens t JOIN accounts a ON a.id = t.account_id WHERE t.hash = $1 AND t.expires_at > $2", connection);
        select.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        select.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await using var row = await select.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? new(row.GetGuid(0), row.GetString(1), row.GetString(2)) : null;
    }

    private static string Sign(Found found, DateTimeOffset now)
    {
        var claims = new Claims(found.Account, found.Email, found.Role, now.ToUnixTimeSeconds(), (now + Access).ToUnixTimeSeconds(), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
        var signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, Json.Default.Claims))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Key, Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));

    private sealed record Found(Guid Account, string Email, string Role);

    private sealed record Claims(Guid Sub, string Email, string Role, long Iat, long Exp, string Jti);

    private sealed record Tokens(string AccessToken, string RefreshToken, string TokenType, int ExpiresIn);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Claims))]
    [JsonSerializable(typeof(Tokens))]
    private sealed partial class Json : JsonSerializerContext;
}
