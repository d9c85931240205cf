using Cancela.Sql;
using Cancela.Sqlite;

namespace Cancela.Server.Lab;

/// <summary>A folder beside the file, on the same disk, with a file for each profile.</summary>
internal sealed class SqliteLabStore(string file) : LabStore
{
    private static readonly Statement Table = new("SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'cancela_accounts'");
    private static readonly Statement Account = new("SELECT 'somebody' FROM cancela_accounts LIMIT 1");

    // Of a file, by SQLite.
    private static readonly string[] Companions = ["", "-wal", "-shm", "-journal"];

    private readonly string _folder = Path.Combine(Path.GetDirectoryName(file)!, Name);
    private readonly List<string> _made = [];
    private FileStream? _lock;

    public override string Database => "SQLite";

    public override string DatabaseVersion => SqliteLibrary.Load().ToString();

    public override bool HasSeveralNodes => false;

    protected override string Identity => $"{Environment.MachineName}:{file}";

    private string LockFile => Path.Combine(_folder, "lock");

    public override async Task<bool> HasAccountsAsync(CancellationToken cancellationToken)
    {
        // Opening it would make it.
        if (!File.Exists(file)) return false;
        await using var database = new SqliteDatabase(file, TimeProvider.System);
        return await database.ReadFirstAsync(Table, static row => row.GetString(0), cancellationToken) is not null
            && await database.ReadFirstAsync(Account, static row => row.GetString(0), cancellationToken) is not null;
    }

    protected override Task MakeAsync(IReadOnlyList<string> profiles, CancellationToken cancellationToken)
    {
        for (var folder = _folder; !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)!) _made.Add(folder);
        Directory.CreateDirectory(_folder);
        try
        {
            // The system's lock, which ends with the process.
            _lock = new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(LockFile))
        {
            throw new InvalidOperationException(InUse, exception);
        }
        RemoveFiles();
        return Task.CompletedTask;
    }

    protected override string AddressOf(string profile) => $"sqlite:{Path.Combine(_folder, profile + ".db")}";

    protected override async Task RemoveAsync()
    {
        if (_lock is null) return;
        RemoveFiles();
        await _lock.DisposeAsync();
        File.Delete(LockFile);
        // One that was there before us stays, unless it is the one that a killed run left.
        foreach (var folder in _made.Prepend(_folder).Distinct())
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    // Nothing else in the folder is ours.
    private void RemoveFiles()
    {
        foreach (var profile in CancelaProfiles.Names)
            foreach (var companion in Companions) File.Delete(Path.Combine(_folder, $"{profile}.db{companion}"));
    }
}
