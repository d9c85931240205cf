namespace Cancela.Revocation;

/// <summary>How far a node has read the log.</summary>
/// <param name="Next">Everything below was seen, but what was open.</param>
/// <param name="Open">The positions below whose transactions were open, as the database writes them.</param>
/// <param name="Era">As the database says; empty at the beginning.</param>
internal sealed record LogPosition(long Next, string Open, string Era)
{
    public static readonly LogPosition Beginning = new(0, "", "");
}
