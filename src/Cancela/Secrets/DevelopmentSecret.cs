namespace Cancela.Secrets;

/// <summary>
/// In Development a newcomer sets nothing: the first start makes a secret and keeps it in the data folder, readable by
/// its owner only, so that restarts log nobody out.
/// </summary>
internal static class DevelopmentSecret
{
    public static string ReadOrMake(string folder)
    {
        var file = Path.Combine(folder, "signing-secret");
        if (!File.Exists(file)) Make(folder, file);
        return File.ReadAllText(file).Trim();
    }

    // Written aside and moved without overwriting: of two processes that start at once, both use the one that came first. The draft's
    // name is its own: two containers on one volume have the same process ID.
    private static void Make(string folder, string file)
    {
        Directory.CreateDirectory(folder);
        var draft = Path.Combine(folder, $".signing-secret-{Path.GetRandomFileName()}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options)) writer.Write(RootSecret.Generate());
        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }
}
