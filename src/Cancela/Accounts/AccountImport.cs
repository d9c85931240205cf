namespace Cancela.Accounts;

/// <summary>What came of taking over an account: one of the cases below and no other.</summary>
internal abstract record AccountImport
{
    private AccountImport()
    {
    }

    /// <summary>It exists now.</summary>
    public sealed record Imported(Guid Id) : AccountImport;

    /// <summary>The address has an account already: from an earlier run, or somebody's.</summary>
    /// <param name="PasswordHash">What that account has.</param>
    /// <param name="WasImported">Whether the audit knows that it was imported once.</param>
    public sealed record Exists(string? PasswordHash, bool WasImported) : AccountImport
    {
        /// <summary>Without the hash.</summary>
        public override string ToString() => nameof(Exists);
    }
}
