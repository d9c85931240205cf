namespace Cancela.Revocation;

/// <summary>How far a node has read the log.</summary>
/// <param name="Next">Everything below was seen, but what was open.</param>
/// <param name="Open">The positions below whose transactions were open, as the database writes them.</param>
internal sealed record LogPosition(long Next, string Open)
{
    public static readonly LogPosition Beginning = new(0, "");
}
