namespace Cancela.Accounts;

/// <summary>What signing in needs to know. It stays in the process: the hash is in no answer and no log.</summary>
/// <param name="Account">Who.</param>
/// <param name="PasswordHash">A PHC string; <see langword="null"/> when there is no password.</param>
internal sealed record SignInAccount(Account Account, string? PasswordHash)
{
    /// <summary>Whether the password alone does not sign in.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>Without the hash.</summary>
    public override string ToString() => $"{nameof(SignInAccount)} {Account.Id}";
}
