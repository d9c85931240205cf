namespace Cancela.Sqlite;

/// <summary>The file that holds everything: who signed in, password hashes, keys. Readable by its owner only.</summary>
internal static class DatabaseFile
{
    private static readonly Lock Creating = new();

    /// <summary>The full path. In-memory databases and <c>file:</c> addresses are refused: they vanish, or hide options.</summary>
    public static string PathOf(string file)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        if (file.Contains(":memory:", StringComparison.OrdinalIgnoreCase) || file.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"'{file}' is not a path of a file: the database must be one that stays.", nameof(file));
        }
        return Path.GetFullPath(file);
    }

    /// <summary>Creates the file and its folder where they are missing. SQLite gives its two companions the same permissions.</summary>
    public static void Ensure(string path)
    {
        // An existing file is never opened here: closing any handle of it drops the locks that SQLite holds in this
        // process (POSIX). The lock keeps a second database of this process away until the new handle is closed.
        lock (Creating)
        {
            if (File.Exists(path)) return;
            CreateFolder(Path.GetDirectoryName(path)!);
            CreateFile(path);
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void CreateFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            new FileStream(path, options).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process came first.
        }
    }
}
