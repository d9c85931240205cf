using Cancela.Accounts;

namespace Cancela.Server.Import;

/// <summary>What came of reading an account of the file: one of the two cases below and no other.</summary>
/// <param name="Number">Of its line.</param>
internal abstract record LineReading(long Number)
{
    /// <summary>It can be taken over.</summary>
    /// <param name="Number">Of its line.</param>
    /// <param name="Account">What it says.</param>
    /// <param name="Hash">What people call the format of its hash.</param>
    public sealed record Readable(long Number, ImportedAccount Account, string Hash) : LineReading(Number);

    /// <summary>It cannot.</summary>
    public sealed record Refused(long Number, IReadOnlyList<LineFault> Faults) : LineReading(Number);
}
