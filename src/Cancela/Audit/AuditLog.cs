using Cancela.Sql;

namespace Cancela.Audit;

/// <summary>The table of events. Rows are added, never changed, and leave by age.</summary>
internal sealed class AuditLog(Database database, TimeProvider clock)
{
    /// <summary>How long rows are kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(365);

    private static readonly string Node = Environment.MachineName;

    /// <summary>Adds a row in a transaction of its own.</summary>
    public Task AppendAsync(AuditEvent happened, ClientInfo client, CancellationToken cancellationToken) =>
        database.WriteAsync(Insert(happened, client), cancellationToken);

    /// <summary>Adds a row together with what it tells about.</summary>
    public void Append(Transaction transaction, AuditEvent happened, ClientInfo client) =>
        transaction.Later(Insert(happened, client));

    /// <summary>
    /// Deletes what is older than the retention. Rows are added in the order of time, so only the first ones are looked at: twice as
    /// many as a batch has, so that rows of a node whose clock was ahead hold nothing up.
    /// </summary>
    public Task SweepAsync(CancellationToken cancellationToken)
    {
        var statement = new Statement(
            $"""
            DELETE FROM cancela_audit WHERE id IN
                (SELECT id FROM (SELECT id, at FROM cancela_audit ORDER BY id LIMIT {2 * Sweep.Batch}) AS first WHERE at < @before LIMIT {Sweep.Batch})
            """,
            ("before", clock.GetUtcNow() - Retention));
        return Sweep.RunAsync(() => database.WriteAsync(statement, cancellationToken));
    }

    private Statement Insert(AuditEvent happened, ClientInfo client) => new(
        """
        INSERT INTO cancela_audit (at, node, event, outcome, account_id, session_id, method, ip_address, user_agent, trace_id)
        VALUES (@at, @node, @event, @outcome, @account, @session, @method, @ip, @agent, @trace)
        """,
        ("at", clock.GetUtcNow()), ("node", Node), ("event", happened.Name), ("outcome", happened.Outcome),
        ("account", happened.AccountId), ("session", happened.SessionId), ("method", happened.Method),
        ("ip", client.IpAddress), ("agent", client.UserAgent), ("trace", client.TraceId));
}
