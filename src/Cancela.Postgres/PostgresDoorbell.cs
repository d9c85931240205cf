using System.Security.Cryptography;
using System.Text;
using Cancela.Revocation;
using Npgsql;

namespace Cancela.Postgres;

/// <summary>
/// The doorbell over <c>LISTEN</c> and <c>NOTIFY</c>. Rings are sent beside the transactions that caused them, never in them:
/// a commit that notifies waits for every other one that does.
/// </summary>
internal sealed class PostgresDoorbell(PostgresConnections connections) : IDoorbellLine
{
    private const string Channel = "cancela_revocations";

    // The schema of the tables, and not the first of the search path: two roles may have different ones and mean the same tables.
    private const string SchemaOfTheTables =
        "SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass('cancela_accounts')";

    // Longer than anybody needs to hear a ring, shorter than a silent firewall waits to forget a connection.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    // Our own rings come back to us: we know already.
    private readonly string _node = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private string? _channel;

    public string Name => "PostgreSQL";

    public async Task RingAsync(CancellationToken cancellationToken)
    {
        await using var command = connections.Source.CreateCommand("SELECT pg_notify($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = await ChannelAsync(cancellationToken) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _node });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <exception cref="NotSupportedException">A pooler stands in between: <c>LISTEN</c> does not pass it.</exception>
    public async Task ListenAsync(Action rung, CancellationToken cancellationToken)
    {
        if (connections.Pooled) throw new NotSupportedException("A connection pooler stands before PostgreSQL: LISTEN does not pass it.");
        await using var connection = await connections.OpenOwnAsync(cancellationToken);
        connection.Notification += (_, ring) =>
        {
            if (ring.Payload != _node) rung();
        };
#pragma warning disable CA2100 // A constant, and a digest in hexadecimal digits.
        await using (var listen = new NpgsqlCommand($"LISTEN {await ChannelAsync(cancellationToken)}", connection)) await listen.ExecuteNonQueryAsync(cancellationToken);
#pragma warning restore CA2100
        rung();
        while (true)
        {
            if (await connection.WaitAsync(Silence, cancellationToken)) continue;
            // Nobody rang. Is anybody there? A connection that died in silence says so now, and not when it matters.
            await using var question = new NpgsqlCommand("SELECT 1", connection);
            await question.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // Channels are the database's, tables a schema's: deployments in schemas of one database must not ring each other. A schema's name may
    // be as long as a channel's, so it is a digest of it that follows, which also needs no quotes.
    private async Task<string> ChannelAsync(CancellationToken cancellationToken)
    {
        if (_channel is { } known) return known;
        await using var command = connections.Source.CreateCommand(SchemaOfTheTables);
        var schema = await command.ExecuteScalarAsync(cancellationToken) as string ?? throw new InvalidOperationException("There are no tables of Cancela's on the search path.");
        return _channel = schema == "public" ? Channel : $"{Channel}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schema)).AsSpan(0, 8))}";
    }
}
