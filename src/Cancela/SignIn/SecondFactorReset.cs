using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Sql;
using Cancela.Strategies;

namespace Cancela.SignIn;

/// <summary>
/// Takes a second factor away for somebody who lost it, on an operator's word (OWASP ASVS 6.4.4). Everything that the account was handed
/// ends with it: whoever asked for the reset begins with the password, like anybody else.
/// </summary>
internal sealed class SecondFactorReset(Database database, AccountDirectory accounts, SessionDirectory sessions, AuditLog audit)
{
    /// <summary>False: there was none.</summary>
    public Task<bool> RunAsync(Guid accountId, AuditEvent happened, CancellationToken cancellationToken) => database.TransactAsync(async transaction =>
    {
        await accounts.MoveOnAsync(transaction, accountId);
        if (!await SecondFactors.RemoveAsync(transaction, accountId))
        {
            transaction.GiveUp();
            return false;
        }
        await sessions.EndOthersAsync(transaction, accountId, except: null);
        audit.Append(transaction, happened, ClientInfo.None);
        return true;
    }, cancellationToken);
}
