using Cancela.Strategies;

namespace Cancela.Exchange;

/// <summary>A sign-in that goes on under another strategy.</summary>
/// <param name="Row">Its row, as it is now.</param>
/// <param name="IsNew">Whether this use turned it, or one before.</param>
internal sealed record Turn(SessionRow Row, bool IsNew);
