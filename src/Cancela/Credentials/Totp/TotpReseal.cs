namespace Cancela.Credentials.Totp;

/// <summary>What came of encrypting the secrets anew.</summary>
/// <param name="Resealed">How many lay under another root secret, and lie under the present one now.</param>
/// <param name="Unopened">Whose lie under one that nobody named, or were changed.</param>
internal sealed record TotpReseal(int Resealed, IReadOnlyList<Guid> Unopened);
