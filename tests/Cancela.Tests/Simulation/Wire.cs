using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Cancela.Tests.Simulation;

/// <summary>The driver's end of one connection.</summary>
internal sealed class Wire : DbConnection
{
    private readonly SimulatedDatabase _database;

    public Wire(SimulatedDatabase database)
    {
        (_database, Backend) = (database, new Backend(Errand.Current));
        // Every component has a finalizer; a history that makes hundreds of them in a moment would wait for that.
        GC.SuppressFinalize(this);
    }

    public Backend Backend { get; }

    public bool HadTransaction { get; private set; }

    [AllowNull]
    public override string ConnectionString { get; set; } = "";
    public override string Database => "simulated";
    public override string DataSource => "simulated";
    public override string ServerVersion => "1";
    public override ConnectionState State => ConnectionState.Open;

    public Task<Answer> SendAsync(string text, Values values, CancellationToken cancellationToken) => _database.SendAsync(Backend, text, values, cancellationToken);

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("There is one.");

    public override void Close()
    {
    }

    public override void Open()
    {
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        // As with Npgsql, BEGIN travels with the first statement.
        HadTransaction = true;
        Backend.InTransaction = true;
        return new WireTransaction(this, _database);
    }

    protected override DbCommand CreateDbCommand() => new WireCommand(this);
}

internal sealed class WireTransaction(Wire wire, SimulatedDatabase database) : DbTransaction
{
    private bool _isOver;

    public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

    protected override DbConnection DbConnection => wire;

    public override void Commit() => throw new NotSupportedException("Nothing waits for another in a simulation.");

    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        _isOver = true;
        await wire.SendAsync(Server.Commit, new Values([]), cancellationToken);
    }

    public override void Rollback()
    {
        _isOver = true;
        database.Tell(wire.Backend, Server.Rollback);
    }

    protected override void Dispose(bool disposing)
    {
        if (!_isOver) Rollback();
        base.Dispose(disposing);
    }
}

internal sealed class WireCommand : DbCommand
{
    private readonly Wire _wire;

    public WireCommand(Wire wire)
    {
        DbConnection = _wire = wire;
        GC.SuppressFinalize(this);
    }

    [AllowNull]
    public override string CommandText { get; set; } = "";
    public override int CommandTimeout { get; set; }
    public override CommandType CommandType { get; set; }
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get; set; }
    protected override DbParameterCollection DbParameterCollection { get; } = new Parameters();
    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override void Prepare()
    {
    }

    public override int ExecuteNonQuery() => throw new NotSupportedException("Nothing waits for another in a simulation.");

    public override object ExecuteScalar() => throw new NotSupportedException("Nothing waits for another in a simulation.");

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => (await SendAsync(cancellationToken)).Affected;

    protected override DbParameter CreateDbParameter() => new Parameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw new NotSupportedException("Nothing waits for another in a simulation.");

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        new Rows(await SendAsync(cancellationToken));

    private Task<Answer> SendAsync(CancellationToken cancellationToken) =>
        _wire.SendAsync(CommandText, ((Parameters)DbParameterCollection).Copy(), cancellationToken);
}
