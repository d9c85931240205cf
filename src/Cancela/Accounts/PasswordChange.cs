namespace Cancela.Accounts;

/// <summary>A new password in place of another.</summary>
/// <param name="NewHash">PHC string.</param>
/// <param name="ExpectedHash">
/// The hash that the present password was checked against: when it is no longer there, another change came first, and
/// this one is refused. <see langword="null"/> replaces whatever is there (a reset).
/// </param>
internal sealed record PasswordChange(string NewHash, string? ExpectedHash)
{
    /// <summary>Without the hashes.</summary>
    public override string ToString() => nameof(PasswordChange);
}
