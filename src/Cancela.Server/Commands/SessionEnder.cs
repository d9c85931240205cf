using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Sql;
using Cancela.Strategies;

namespace Cancela.Server.Commands;

/// <summary><c>sessions end</c>: what ends is in the revocation log, and running servers read it.</summary>
internal sealed class SessionEnder(Database database, AccountDirectory accounts, SessionDirectory sessions, AuditLog audit)
{
    public async Task<int> EndOneAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(id, cancellationToken) is not { } session) return await Shell.RefuseAsync($"There is no sign-in {id}.");
        await database.TransactAsync(async transaction =>
        {
            await sessions.EndAsync(transaction, id);
            audit.Append(transaction, Shell.Event(AuditEvents.SessionEnded, session.AccountId, id), ClientInfo.None);
            return true;
        }, cancellationToken);
        await Shell.Out.WriteLineAsync($"Ended {id}.");
        return CommandLine.Done;
    }

    public async Task<int> EndOfAsync(string who, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(who, cancellationToken) is not { } account) return await Shell.RefuseAsync(AccountWords.Unknown(who));
        await Shell.Out.WriteLineAsync(Ended(await EndOfAsync(account, cancellationToken)));
        return CommandLine.Done;
    }

    public async Task<int> EndAllAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        await foreach (var account in accounts.AllAsync(cancellationToken)) ended += await EndOfAsync(account, cancellationToken);
        await Shell.Out.WriteLineAsync(Ended(ended));
        return CommandLine.Done;
    }

    // Tokens that have no row, under these settings or earlier ones, are ended by raising the account's version.
    private Task<int> EndOfAsync(Account account, CancellationToken cancellationToken) =>
        database.TransactAsync(async transaction =>
        {
            var ended = await sessions.EndOthersAsync(transaction, account.Id, except: null);
            await accounts.MoveOnAsync(transaction, account.Id);
            audit.Append(transaction, Shell.Event(AuditEvents.SessionEnded, account.Id), ClientInfo.None);
            return ended;
        }, cancellationToken);

    private static string Ended(int count) => count == 1 ? "Ended 1 sign-in." : $"Ended {count} sign-ins.";
}
