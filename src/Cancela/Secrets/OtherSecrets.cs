namespace Cancela.Secrets;

/// <summary>Secrets that still open what lies encrypted in the database, and encrypt nothing: of a rotation that is under way.</summary>
internal sealed record OtherSecrets(IReadOnlyList<RootSecret> All);
