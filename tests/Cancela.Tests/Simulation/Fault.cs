using System.Data.Common;

namespace Cancela.Tests.Simulation;

/// <summary>What the simulated driver throws.</summary>
#pragma warning disable CA1032 // Nobody but the simulation makes one.
internal sealed class Fault(string message, bool isConflict = false) : DbException(message)
#pragma warning restore CA1032
{
    public bool IsConflict { get; } = isConflict;
}
