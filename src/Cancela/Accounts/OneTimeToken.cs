namespace Cancela.Accounts;

/// <summary>A one-time token as the store has it.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="Data">What whoever issued it has to remember.</param>
internal sealed record OneTimeToken(Guid AccountId, string Data);
