namespace Cancela.Tests.Hostile;

/// <summary>A refusal, and what was shown to get it.</summary>
internal sealed record Provoked(Reply Reply, bool ByBearer = false, bool AtOAuthEndpoint = false);
