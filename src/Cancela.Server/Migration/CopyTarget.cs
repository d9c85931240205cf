using System.Data.Common;
using System.Security.Cryptography;
using Cancela.Sql;

namespace Cancela.Server.Migration;

/// <summary>
/// The database that becomes the copy. Nobody works on it before it is finished (<see cref="DatabaseGate"/>), so whatever
/// is in it is either an earlier run's or nobody's.
/// </summary>
internal sealed class CopyTarget(Database database, TimeProvider clock)
{
    private static readonly Statement CreateTable = new(
        "CREATE TABLE IF NOT EXISTS cancela_copy (run TEXT NOT NULL, source TEXT NOT NULL, log_position BIGINT NOT NULL, audit_position BIGINT NOT NULL)");

    // A run that hung and comes back must not write what it read long ago over what a later one wrote.
    private readonly string _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Makes the schema where it is missing, and claims the database. Returns whether an earlier run began it.</summary>
    /// <param name="source">What is copied: an unfinished copy of something else is not gone on with.</param>
    /// <param name="sourceIsMoved">A copy of it was finished before: then it may only be this one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It is not empty, and no copy of this source.</exception>
    public async Task<bool> ClaimAsync(string source, bool sourceIsMoved, CancellationToken cancellationToken)
    {
        await database.PrepareAsync(cancellationToken);
        return await database.TransactAsync(async transaction =>
        {
            await transaction.AloneAsync();
            var gate = await transaction.FirstAsync(DatabaseGate.Read, static row => row.GetString(0));
            if (gate == DatabaseGate.Copy)
            {
                if (await transaction.RunAsync(new("UPDATE cancela_copy SET run = @run WHERE source = @source", ("run", _run), ("source", source))) == 1) return true;
                throw new InvalidOperationException("The target is an unfinished copy of another database: take an empty one.");
            }
            if (gate is not null || sourceIsMoved) throw new InvalidOperationException("The source was moved before, and the target is not its copy.");
            if ((await transaction.AllAsync(new("SELECT id FROM cancela_accounts LIMIT 1"), static row => row.GetGuid(0))).Count > 0)
                throw new InvalidOperationException("The target has accounts: it must be empty, or the unfinished copy of an earlier run.");
            await transaction.RunAsync(DatabaseGate.Close(DatabaseGate.Copy, clock.GetUtcNow()));
            await transaction.RunAsync(CreateTable);
            await transaction.RunAsync(new("DELETE FROM cancela_copy"));
            await transaction.RunAsync(new("INSERT INTO cancela_copy (run, source, log_position, audit_position) VALUES (@run, @source, 0, 0)", ("run", _run), ("source", source)));
            return false;
        }, cancellationToken);
    }

    public Task<List<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> row, CancellationToken cancellationToken) =>
        database.ReadAllAsync(statement, row, cancellationToken);

    /// <summary>How far an earlier run came in the two tables that only grow.</summary>
    public async Task<(long Log, long Audit)> PositionsAsync(CancellationToken cancellationToken) =>
        (await database.ReadAllAsync(new("SELECT log_position, audit_position FROM cancela_copy"), static row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0];

    /// <summary>Writes rows, all of them or none.</summary>
    public Task WriteAsync(IReadOnlyCollection<Statement> statements, CancellationToken cancellationToken) =>
        database.TransactAsync(async transaction =>
        {
            await HoldAsync(transaction);
            foreach (var statement in statements) transaction.Later(statement);
            return true;
        }, cancellationToken);

    /// <summary>From now on servers start on it.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await database.TransactAsync(async transaction =>
        {
            await HoldAsync(transaction);
            await transaction.RunAsync(DatabaseGate.Open);
            await transaction.RunAsync(new("DROP TABLE cancela_copy"));
            return true;
        }, cancellationToken);
    }

    private async Task HoldAsync(Transaction transaction)
    {
        if (await transaction.RunAsync(new("UPDATE cancela_copy SET run = @run WHERE run = @run", ("run", _run))) != 1)
            throw new InvalidOperationException("Another run of migrate has taken over: this one ends.");
    }
}
