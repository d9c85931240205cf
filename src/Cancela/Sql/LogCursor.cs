namespace Cancela.Sql;

/// <summary>
/// How a reader of the revocation log knows where to go on. Positions are handed out before the commit, so "higher than
/// the last one I saw" skips the rows of slower transactions: a reader also remembers which of them were open.
/// </summary>
/// <param name="Next">
/// A scalar SQL expression, a whole number: where the next read goes on. No row that is not seen now will ever have a lower
/// position, but those of <paramref name="Open"/>; nor after a crash. It may name the parameter <c>@next</c>, from where this
/// read went on, and is lower than that only where the database is older than the last read.
/// </param>
/// <param name="Open">A scalar SQL expression, text: the positions below <paramref name="Next"/> whose transactions are open now, separated by commas.</param>
/// <param name="WasOpen">An SQL condition: <c>log.position</c> is one of those in the parameter <c>@open</c>.</param>
/// <param name="Era">A scalar SQL expression, text: another one when the database went on from a point that readers may be beyond.</param>
public sealed record LogCursor(string Next, string Open, string WasOpen, string Era);
