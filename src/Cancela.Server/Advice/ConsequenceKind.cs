namespace Cancela.Server.Advice;

/// <summary>What follows from a design.</summary>
internal enum ConsequenceKind
{
    /// <summary>A setting to paste.</summary>
    Setting,

    /// <summary>A secret, which is handed over by the environment and stands in no file.</summary>
    Secret,

    /// <summary>Something that has to be done.</summary>
    Step,

    /// <summary>What the design gives up.</summary>
    GivenUp,

    /// <summary>What is wanted and does not exist in this version, with what works today.</summary>
    NotYet,
}
