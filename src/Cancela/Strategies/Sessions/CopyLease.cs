namespace Cancela.Strategies.Sessions;

/// <summary>The right to put one copy of one session, until somebody withdraws it or it runs out.</summary>
/// <param name="Token">What stands in the place of the copy. No two are alike.</param>
internal sealed record CopyLease(byte[] Token);
