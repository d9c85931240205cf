namespace Cancela.Audit;

/// <summary>The names of all audit events.</summary>
internal static class AuditEvents
{
    public const string Registered = "registered";
    public const string Imported = "imported";
    public const string SignIn = "sign_in";
    public const string SignOut = "sign_out";
    public const string SessionEnded = "session_ended";
    public const string RefreshReuse = "refresh_reuse";
    public const string CredentialExchanged = "credential_exchanged";
    public const string PasswordConfirmation = "password_confirmation";
    public const string PasswordChanged = "password_changed";
    public const string SecondFactorEnabled = "second_factor_enabled";
    public const string SecondFactorRemoved = "second_factor_removed";
    public const string SecondFactorConfirmation = "second_factor_confirmation";
    public const string RecoveryCodesReplaced = "recovery_codes_replaced";
    public const string AccountChanged = "account_changed";
    public const string AccountDeleted = "account_deleted";
    public const string KeyRotated = "key_rotated";
    public const string KeyRetired = "key_retired";
}
