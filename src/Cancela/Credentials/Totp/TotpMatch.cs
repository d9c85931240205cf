namespace Cancela.Credentials.Totp;

/// <summary>A code that is right at this moment. It counts when it is spent (<see cref="TotpSecrets.SpendAsync"/>), and not before.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="Step">Of which half minute.</param>
/// <param name="Pending">Of the secret that waits to be confirmed, and not of the one in use.</param>
/// <param name="Sealed">The row's secret, as it was read: one that was replaced meanwhile is another.</param>
/// <param name="Resealed">The same under the present root secret, where another one sealed it.</param>
internal sealed record TotpMatch(Guid AccountId, long Step, bool Pending, byte[] Sealed, byte[]? Resealed);
