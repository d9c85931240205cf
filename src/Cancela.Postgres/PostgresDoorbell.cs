using System.Security.Cryptography;
using Cancela.Revocation;
using Npgsql;

namespace Cancela.Postgres;

/// <summary>
/// The doorbell over <c>LISTEN</c> and <c>NOTIFY</c>. Rings are sent beside the transactions that caused them, never in them:
/// a commit that notifies waits for every other one that does.
/// </summary>
internal sealed class PostgresDoorbell(PostgresConnections connections) : IDoorbellLine
{
    // Channels are the database's, tables a schema's: deployments in schemas of one database must not ring each other. Its name may be
    // as long as a channel's, so it is a digest of it that follows.
    private const string Channel =
        "'cancela_revocations' || CASE current_schema() WHEN 'public' THEN '' ELSE '_' || left(md5(current_schema()), 16) END";

    // LISTEN takes a name and no expression.
    private const string Listen = $"DO $$ BEGIN EXECUTE 'LISTEN ' || quote_ident({Channel}); END $$";

    // Longer than anybody needs to hear a ring, shorter than a silent firewall waits to forget a connection.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    // Our own rings come back to us: we know already.
    private readonly string _node = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public string Name => "PostgreSQL";

    public async Task RingAsync(CancellationToken cancellationToken)
    {
        await using var command = connections.Source.CreateCommand($"SELECT pg_notify({Channel}, $1)");
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
        await using (var listen = new NpgsqlCommand(Listen, connection)) await listen.ExecuteNonQueryAsync(cancellationToken);
        rung();
        while (true)
        {
            if (await connection.WaitAsync(Silence, cancellationToken)) continue;
            // Nobody rang. Is anybody there? A connection that died in silence says so now, and not when it matters.
            await using var question = new NpgsqlCommand("SELECT 1", connection);
            await question.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
