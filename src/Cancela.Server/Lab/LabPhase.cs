namespace Cancela.Server.Lab;

/// <summary>The parts of a run, in their order.</summary>
internal enum LabPhase
{
    Start,
    WarmUp,
    RoundTrips,
    Memory,
    Turn,
    Revocation,
}
