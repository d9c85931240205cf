namespace Cancela.Server.Lab;

/// <summary>What <c>cancela lab</c> measured, as <c>cancela-lab.json</c> has it. Null: it does not apply, or was not measured. No figure is made up.</summary>
/// <param name="Version">Of this shape. It grows when a reader of the former one would read it wrong.</param>
/// <param name="MeasuredAt">When the run ended, UTC.</param>
/// <param name="Machine">Where.</param>
/// <param name="Stores">On what.</param>
/// <param name="Run">How.</param>
/// <param name="Strategies">The five profiles, in the order of the documents.</param>
internal sealed record LabReport(
    int Version, DateTimeOffset MeasuredAt, LabMachine Machine, LabStores Stores, LabRun Run, IReadOnlyList<LabFigures> Strategies)
{
    public const int Latest = 1;
}

/// <param name="Cores">Cores that the process may use.</param>
/// <param name="Os">The operating system, as it calls itself.</param>
/// <param name="Architecture">Of the processor: <c>X64</c>.</param>
/// <param name="Runtime">Of .NET.</param>
/// <param name="Cancela">The version that was measured.</param>
internal sealed record LabMachine(int Cores, string Os, string Architecture, string Runtime, string Cancela);

/// <param name="Database"><c>SQLite</c> or <c>PostgreSQL</c>.</param>
/// <param name="DatabaseVersion">Its version, as it says it.</param>
/// <param name="Redis">Whether Redis stood beside it.</param>
/// <param name="RedisVersion">Its version; null without one.</param>
internal sealed record LabStores(string Database, string DatabaseVersion, bool Redis, string? RedisVersion);

/// <param name="Command">What to type for the same run.</param>
/// <param name="Seconds">How long the load was to last, all strategies together.</param>
/// <param name="TookSeconds">How long the whole run took.</param>
/// <param name="Turns">How often each strategy had its turn. Figures of turns are medians.</param>
/// <param name="Connections">Connections that are kept, each with one request under way.</param>
/// <param name="Sessions">Sessions that were opened to see what they take of the memory.</param>
/// <param name="SignOuts">Sign-outs whose delay was measured, for each strategy.</param>
/// <param name="Nodes">Server processes that a revocation had to reach: two on PostgreSQL, one on SQLite.</param>
internal sealed record LabRun(string Command, int Seconds, double TookSeconds, int Turns, int Connections, int Sessions, int SignOuts, int Nodes);
