using Cancela.Accounts;

namespace Cancela.Server.Commands;

/// <summary>How accounts are named on the command line.</summary>
internal static class AccountWords
{
    /// <summary>The account of an e-mail address or an ID, or <see langword="null"/>.</summary>
    public static async Task<Account?> FindAsync(this AccountDirectory accounts, string word, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(word, out var id)) return await accounts.FindAsync(id, cancellationToken);
        return EmailAddress.Read(word) is EmailReading.Valid(var email) ? await accounts.FindByEmailAsync(email, cancellationToken) : null;
    }

    public static async IAsyncEnumerable<Account> AllAsync(
        this AccountDirectory accounts, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int onAPage = 500;
        Guid? after = null;
        while (true)
        {
            var page = await accounts.PageAsync(after, onAPage, cancellationToken);
            foreach (var account in page) yield return account;
            if (page.Count < onAPage) yield break;
            after = page[^1].Id;
        }
    }

    public static string Unknown(string word) => $"There is no account '{word}'.";

    /// <summary>Why an account was not changed.</summary>
    public static string Sentence(AccountUpdate update) => update switch
    {
        AccountUpdate.LastAdministrator => "Nobody would be left who manages accounts: make somebody else ADMIN first.",
        AccountUpdate.NotFound => "The account is gone.",
        AccountUpdate.EmailTaken => "An account with this e-mail exists.",
        _ => "The account was changed by somebody else at the same time: try again.",
    };
}
