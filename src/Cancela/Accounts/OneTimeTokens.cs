using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cancela.Sql;

namespace Cancela.Accounts;

/// <summary>
/// What is handed out once, to be shown once: 256 random bits, of which the store has the SHA-256. It is used by deleting it, so that
/// of any number of parallel uses, on however many nodes, one finds it.
/// </summary>
internal sealed class OneTimeTokens(Database database, TimeProvider clock)
{
    private const int Bytes = 32;

    /// <summary>Hands out a token with the transaction.</summary>
    public string Issue(Transaction transaction, OneTimePurpose purpose, Guid accountId, string data, TimeSpan lifetime)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        transaction.Later(new(
            "INSERT INTO cancela_one_time_tokens (token_hash, purpose, account_id, data, expires_at) VALUES (@hash, @purpose, @account, @data, @expires)",
            ("hash", Hash(token)), ("purpose", Text(purpose)), ("account", accountId), ("data", data), ("expires", clock.GetUtcNow() + lifetime)));
        return token;
    }

    /// <summary>What a token stands for, without using it; <see langword="null"/> where it is unknown, used or has expired.</summary>
    public Task<OneTimeToken?> FindAsync(OneTimePurpose purpose, string token, CancellationToken cancellationToken) => database.ReadFirstAsync(
        new("SELECT account_id, data FROM cancela_one_time_tokens WHERE token_hash = @hash AND purpose = @purpose AND expires_at > @now",
            ("hash", Hash(token)), ("purpose", Text(purpose)), ("now", clock.GetUtcNow())),
        static row => new OneTimeToken(row.GetGuid(0), row.GetString(1)), cancellationToken);

    /// <summary>Uses a token up. Of any number of parallel uses one returns true.</summary>
    public async Task<bool> UseAsync(Transaction transaction, OneTimePurpose purpose, string token) => await transaction.RunAsync(new(
        "DELETE FROM cancela_one_time_tokens WHERE token_hash = @hash AND purpose = @purpose AND expires_at > @now",
        ("hash", Hash(token)), ("purpose", Text(purpose)), ("now", clock.GetUtcNow()))) == 1;

    /// <summary>Deletes those that ran out.</summary>
    public Task SweepAsync(CancellationToken cancellationToken)
    {
        var statement = new Statement(
            $"DELETE FROM cancela_one_time_tokens WHERE token_hash IN (SELECT token_hash FROM cancela_one_time_tokens WHERE expires_at < @now LIMIT {Sweep.Batch})",
            ("now", clock.GetUtcNow()));
        return Sweep.RunAsync(() => database.WriteAsync(statement, cancellationToken));
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string Text(OneTimePurpose purpose) => purpose switch
    {
        OneTimePurpose.SecondFactor => "second_factor",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };
}
