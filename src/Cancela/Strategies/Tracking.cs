namespace Cancela.Strategies;

/// <summary>Whether every sign-in has a row, so that it can be listed and ended by itself.</summary>
/// <param name="Complete">False where tokens are handed out without one (<c>Cancela:TrackTokens</c> off).</param>
internal sealed record Tracking(bool Complete);
