using Cancela.Accounts;

namespace Cancela.Tests.Simulation;

internal sealed partial class Server
{
    private void KnowAccounts()
    {
        _statements[$"SELECT {AccountRow.Columns} FROM cancela_accounts WHERE id = @id"] = (Work work, Values values, long snapshot, out Work? waitsFor) =>
        {
            waitsFor = null;
            return AccountAt(values.Of<Guid>("id")).FirstOrDefault()?.SeenBy(work, snapshot) is { } row ? new Answer([row.Columns], 0) : Answer.Nothing;
        };
        _statements["SELECT id FROM cancela_accounts WHERE id = @id"] = (Work work, Values values, long snapshot, out Work? waitsFor) =>
        {
            waitsFor = null;
            return AccountAt(values.Of<Guid>("id")).FirstOrDefault()?.SeenBy(work, snapshot) is { } row ? new Answer([[row.Id]], 0) : Answer.Nothing;
        };
        _statements[$"SELECT id FROM cancela_accounts WHERE id = @account {Lock}"] = (Work work, Values values, long snapshot, out Work? waitsFor) =>
            new Answer([.. Take(AccountAt(values.Of<Guid>("account")), work, snapshot, static _ => true, out waitsFor).Select(static row => (object?[])[row.Held!.Id])], 0);
        _statements["UPDATE cancela_accounts SET updated_at = updated_at WHERE role = 'ADMIN' AND status = 'active' RETURNING id"] =
            (Work work, Values values, long snapshot, out Work? waitsFor) =>
                new Answer([.. Take(_accounts.Values, work, snapshot, static row => row.Role == Roles.Administrator && row.IsActive, out waitsFor).Select(static row => (object?[])[row.Held!.Id])], 0);
        _statements[$"UPDATE cancela_accounts SET updated_at = updated_at WHERE id = @id RETURNING {AccountRow.ColumnsAndHash}"] =
            (Work work, Values values, long snapshot, out Work? waitsFor) =>
                new Answer([.. Take(AccountAt(values.Of<Guid>("id")), work, snapshot, static _ => true, out waitsFor).Select(static row => (object?[])[.. row.Held!.Columns, null])], 0);
        _statements["""
            UPDATE cancela_accounts
            SET email = @email, email_key = coalesce(@key, email_key), email_verified = @verified, name = @name, role = @role,
                status = @status, version = @version, password_hash = coalesce(@hash, password_hash), updated_at = @now
            WHERE id = @id
            """] = (Work work, Values values, long snapshot, out Work? waitsFor) => ChangeAccount(
                work, values, snapshot,
                row => row with { Role = values.Of<string>("role"), Status = values.Of<string>("status"), Version = values.Of<int>("version") }, out waitsFor);
        _statements[$"UPDATE cancela_accounts SET version = version + 1, updated_at = @now WHERE id = @id RETURNING {AccountRow.Columns}"] =
            (Work work, Values values, long snapshot, out Work? waitsFor) =>
                ChangeAccount(work, values, snapshot, static row => row with { Version = row.Version + 1 }, out waitsFor);
        _statements["DELETE FROM cancela_accounts WHERE id = @id"] = (Work work, Values values, long snapshot, out Work? waitsFor) =>
        {
            // ON DELETE CASCADE; the log has the account's row by now, which covers them.
            Delete(work, _sessions.Values, snapshot, row => row.AccountId == values.Of<Guid>("id"), out waitsFor);
            return waitsFor is null ? ChangeAccount(work, values, snapshot, static _ => null, out waitsFor) : Answer.Nothing;
        };
    }

    private Answer ChangeAccount(Work work, Values values, long snapshot, Func<StoredAccount, StoredAccount?> change, out Work? waitsFor)
    {
        var held = Take(AccountAt(values.Of<Guid>("id")), work, snapshot, static _ => true, out waitsFor);
        foreach (var row in held) row.Write(change(row.Held!));
        return new Answer([.. held.Where(static row => row.Held is not null).Select(static row => row.Held!.Columns)], held.Count);
    }
}
