namespace Cancela.Server.Import;

/// <summary>One account of the file, as it stands there: one of the two cases below and no other.</summary>
/// <param name="Number">Of the line that it begins on, from 1.</param>
internal abstract record SourceLine(long Number)
{
    /// <summary>What it has of <see cref="AccountField"/>. Nothing is as good as an empty text.</summary>
    public sealed record Fields(long Number, IReadOnlyDictionary<string, string> Values) : SourceLine(Number)
    {
        public string? this[string field] => Values.TryGetValue(field, out var value) && value.Length > 0 ? value : null;

        /// <summary>Without what it says: there are hashes in it.</summary>
        public override string ToString() => $"line {Number}";
    }

    /// <summary>It cannot be read.</summary>
    public sealed record Unreadable(long Number, LineFault Fault) : SourceLine(Number);
}
