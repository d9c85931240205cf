using System.Security.Cryptography;

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

    // Written aside and moved without overwriting: of two processes that start at once, both use the one that came first.
    private static void Make(string folder, string file)
    {
        CreateFolder(folder);
        // A name that nobody else has: in two containers on one volume both processes have the number 1.
        var draft = Path.Combine(folder, $".signing-secret-{RandomNumberGenerator.GetHexString(16)}");
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

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
