namespace Cancela.Tests.Simulation;

/// <summary>A fault that a history is run with, to see that it is found.</summary>
internal enum Planted
{
    /// <summary>The library as it is.</summary>
    None,

    /// <summary>The log is read by "position higher than the last one I saw".</summary>
    NaiveCursor,

    /// <summary>The log is read on from the snapshot's xmax, also where a crash hands numbers below it out again.</summary>
    XmaxCursor,

    /// <summary>A read of the log confirms the node as of its end, not of its start.</summary>
    ConfirmedAtTheEnd,

    /// <summary>A ring of the doorbell counts as a read of the log.</summary>
    DoorbellConfirms,

    /// <summary>A node that starts serves before it has loaded the log, and believes its empty set.</summary>
    ReadyBeforeLoaded,

    /// <summary>The database says that it committed, and then commits.</summary>
    AcknowledgedBeforeCommit,

    /// <summary>Entries leave the set before what they cover has expired.</summary>
    ForgetsEarly,

    /// <summary>The successor of a refresh token is another one on each node.</summary>
    ForkingGrace,

    /// <summary>Any earlier refresh token of a session rotates it.</summary>
    AnyAncestorRotates,

    /// <summary>
    /// Entries leave the set after seconds: leases alone are to keep what ended from coming back. They do, but on a node that
    /// stood still with the row in its hand.
    /// </summary>
    LeasesAlone,

    /// <summary>The same, and a copy is put by whoever read the row, whenever: no lease, no mark in its place.</summary>
    CopiesWithoutLease,
}
