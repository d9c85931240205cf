namespace Cancela.Endpoints;

/// <summary>Recovery codes, told once.</summary>
/// <param name="RecoveryCodes">Ten, each good for one sign-in. Empty where those of before go on.</param>
public sealed record RecoveryCodesResponse(IReadOnlyList<string> RecoveryCodes);
