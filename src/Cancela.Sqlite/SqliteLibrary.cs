using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Cancela.Sqlite;

/// <summary>
/// The operating system's SQLite: kept up to date by the system, not by us. The driver asks for a library named
/// <c>e_sqlite3</c>; here that name is answered with the system's own.
/// </summary>
internal static class SqliteLibrary
{
    // STRICT tables came with 3.37, RETURNING with 3.35.
    private static readonly Version Oldest = new(3, 37);

    private static readonly Lazy<Version> Loaded = new(LoadOnce);

    /// <summary>Loads and checks the library, once for the process. Returns its version.</summary>
    /// <exception cref="InvalidOperationException">It is missing or too old; the message says what to install.</exception>
    public static Version Load() => Loaded.Value;

    internal static nint Open(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle)) return handle;
        }
        throw new InvalidOperationException(
            $"SQLite's library ({string.Join(" or ", names)}) was not found. On Debian or Ubuntu install the package libsqlite3-0, " +
            "on Alpine sqlite-libs, on Fedora sqlite-libs.");
    }

    internal static Version Check(string version)
    {
        var found = Version.Parse(version);
        return found >= Oldest
            ? found
            : throw new InvalidOperationException($"SQLite {found} is too old: Cancela needs {Oldest} or newer (STRICT tables).");
    }

    private static Version LoadOnce()
    {
        var handle = OperatingSystem.IsWindows() ? Open("winsqlite3")
            : OperatingSystem.IsMacOS() ? Open("libsqlite3.dylib")
            : Open("libsqlite3.so.0", "libsqlite3.so");
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            (string name, Assembly _, DllImportSearchPath? _) => name == "e_sqlite3" ? handle : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return Check(raw.sqlite3_libversion().utf8_to_string());
    }
}
