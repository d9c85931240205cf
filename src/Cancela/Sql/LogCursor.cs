namespace Cancela.Sql;

/// <summary>
/// How a reader of the revocation log knows where to go on. Positions are handed out before the commit, so "higher than
/// the last one I saw" skips the rows of slower transactions: a reader also remembers which of them were open.
/// </summary>
/// <param name="Next">A scalar SQL expression, a whole number: higher than every position handed out so far.</param>
/// <param name="Open">A scalar SQL expression, text: the positions below <paramref name="Next"/> whose transactions are open now, separated by commas.</param>
/// <param name="WasOpen">An SQL condition: <c>log.position</c> is one of those in the parameter <c>@open</c>.</param>
public sealed record LogCursor(string Next, string Open, string WasOpen);
