namespace Cancela.Secrets;

/// <summary>
/// In Development a newcomer sets nothing: the first start makes a secret and keeps it in the data folder, readable by
/// its owner only, so that restarts log nobody out.
/// </summary>
internal static class DevelopmentSecret
{
    // About ten seconds: whoever holds the file writes 43 characters.
    private const int MostTries = 10_000;

    public static string ReadOrMake(string folder)
    {
        CreateFolder(folder);
        var file = Path.Combine(folder, "signing-secret");
        var patience = default(SpinWait);
        while (true)
        {
            try
            {
                return ReadOrFill(file);
            }
            catch (IOException) when (patience.Count < MostTries)
            {
                patience.SpinOnce();
            }
        }
    }

    // Nobody else has the file open meanwhile: of several processes that start at once, the first finds it empty and fills
    // it. One that was stopped in between leaves it empty, and the next fills it.
    private static string ReadOrFill(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        using var reader = new StreamReader(stream);
        if (reader.ReadToEnd().Trim() is { Length: > 0 } found) return found;

        var made = RootSecret.Generate();
        using var writer = new StreamWriter(stream);
        writer.Write(made);
        return made;
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
