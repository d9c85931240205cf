using System.Collections.Frozen;

namespace Cancela.Credentials.Passwords;

/// <summary>The passwords that attackers try first, of eight characters or more. Where they come from: NOTICE.</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> All = new(Read);

    public static int Count => All.Value.Count;

    /// <summary>Whether it is one of them, in whatever case.</summary>
    public static bool Contains(string password) => All.Value.Contains(password.ToLowerInvariant());

    private static FrozenSet<string> Read() =>
        Lines("CommonPasswords.txt").Concat(Lines("CommonPasswords.Brazil.txt")).ToFrozenSet(StringComparer.Ordinal);

    private static string[] Lines(string file)
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("Cancela.Credentials.Passwords." + file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
