using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Credentials.Passwords;
using Cancela.Server.Commands;
using Cancela.Sql;

namespace Cancela.Server.Import;

/// <summary>
/// Takes the accounts of a file over, some hundreds in a transaction. What was taken is there whatever comes after it, so that a run
/// that was interrupted is simply run again.
/// </summary>
internal sealed class ImportRun(
    Database database, AccountImporter importer, AuditLog audit, AccountLines lines, RefusalReport report, ImportProgress progress)
{
    private const int AccountsInATransaction = 500;

    private static readonly LineFault Taken = new(AccountField.Email, "Another account has this address");

    private readonly SortedDictionary<string, long> _formats = new(StringComparer.Ordinal);

    public ImportTally Tally { get; private set; }

    /// <summary>How many of the imported accounts have a hash of which format.</summary>
    public IReadOnlyDictionary<string, long> Formats => _formats;

    public async Task RunAsync(AccountSource source, CancellationToken cancellationToken)
    {
        var batch = new List<LineReading>(AccountsInATransaction);
        await foreach (var line in source.LinesAsync(cancellationToken))
        {
            batch.Add(lines.Read(line));
            if (batch.Count < AccountsInATransaction) continue;
            await TakeAsync(batch, cancellationToken);
            await progress.TellAsync(source.Done, Tally);
            batch.Clear();
        }
        await TakeAsync(batch, cancellationToken);
    }

    private async Task TakeAsync(List<LineReading> batch, CancellationToken cancellationToken)
    {
        var readable = batch.OfType<LineReading.Readable>().ToList();
        // May run twice: what it counts is counted by what it returns.
        var outcomes = readable.Count == 0 ? [] : await database.TransactAsync(async transaction =>
        {
            var imports = new Dictionary<LineReading, AccountImport>(ReferenceEqualityComparer.Instance);
            foreach (var line in readable)
            {
                var outcome = await importer.ImportAsync(transaction, line.Account);
                if (outcome is AccountImport.Imported(var id)) audit.Append(transaction, Shell.Event(AuditEvents.Imported, id), ClientInfo.None);
                imports.Add(line, outcome);
            }
            return imports;
        }, cancellationToken);
        foreach (var line in batch) await CountAsync(line, outcomes.GetValueOrDefault(line), cancellationToken);
    }

    private async Task CountAsync(LineReading line, AccountImport? outcome, CancellationToken cancellationToken)
    {
        var read = Tally with { Read = Tally.Read + 1 };
        switch (line, outcome)
        {
            case (LineReading.Readable readable, AccountImport.Imported):
                Tally = read with { Imported = read.Imported + 1 };
                _formats[readable.Hash] = _formats.GetValueOrDefault(readable.Hash) + 1;
                break;
            case (LineReading.Readable readable, AccountImport.Exists exists) when IsThisOne(readable.Account, exists):
                Tally = read with { There = read.There + 1 };
                break;
            default:
                Tally = read with { Refused = read.Refused + 1 };
                await report.AddAsync(line.Number, line is LineReading.Refused(_, var faults) ? faults : [Taken], cancellationToken);
                break;
        }
    }

    // The same hash; or, where its owner has signed in since or chosen another password, one of ours in its place.
    private static bool IsThisOne(ImportedAccount account, AccountImport.Exists there) =>
        there.PasswordHash == account.PasswordHash || (there.WasImported && there.PasswordHash is { } hash && StoredHash.IsOurs(hash));
}
