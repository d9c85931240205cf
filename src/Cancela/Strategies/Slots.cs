namespace Cancela.Strategies;

/// <summary>The two slots of a deployment: what <c>POST /auth/login</c> and what <c>POST /auth/token</c> hand out.</summary>
/// <param name="Browser">Carried by a cookie.</param>
/// <param name="Token">Carried by the bearer header.</param>
internal sealed record Slots(IStrategy Browser, IStrategy Token);
