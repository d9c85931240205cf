namespace Cancela.Server.Migration;

/// <summary>What became of a table.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Read">Rows of the source that were looked at.</param>
/// <param name="Written">Rows that the copy lacked or had otherwise.</param>
/// <param name="Deleted">Rows that the source has no longer.</param>
/// <param name="Took">How long it took.</param>
internal sealed record TableCount(string Table, long Read, long Written, long Deleted, TimeSpan Took);
