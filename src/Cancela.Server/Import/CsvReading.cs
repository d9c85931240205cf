namespace Cancela.Server.Import;

/// <summary>What came of reading a record of CSV: one of the cases below and no other.</summary>
internal abstract record CsvReading
{
    private CsvReading()
    {
    }

    /// <summary>Its fields; null is one that is not UTF-8.</summary>
    /// <param name="Fields">At least one.</param>
    /// <param name="Length">In bytes, with what ends it.</param>
    public sealed record Record(IReadOnlyList<string?> Fields, int Length) : CsvReading
    {
        /// <summary>An empty line.</summary>
        public bool IsEmpty => Fields is [""];
    }

    /// <summary>It is longer than what is there.</summary>
    public sealed record Unfinished : CsvReading;

    /// <summary>It breaks the rules.</summary>
    public sealed record Malformed(string Reason) : CsvReading;
}
