using System.Runtime.InteropServices;

namespace Cancela.Bench;

/// <summary>The reference implementation as the operating system packages it (Debian: <c>libargon2-1</c>).</summary>
internal static unsafe partial class LibArgon2
{
    private const string Library = "libargon2.so.1";

    public static bool IsThere => NativeLibrary.TryLoad(Library, out _);

    public static void Hash(int iterations, int memoryKiB, int lanes, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> tag)
    {
        fixed (byte* pwd = password, slt = salt, hash = tag)
        {
            var code = HashRaw((uint)iterations, (uint)memoryKiB, (uint)lanes, pwd, (nuint)password.Length, slt, (nuint)salt.Length, hash, (nuint)tag.Length);
            if (code != 0) throw new InvalidOperationException($"argon2id_hash_raw returned {code}.");
        }
    }

    [LibraryImport(Library, EntryPoint = "argon2id_hash_raw")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int HashRaw(uint t, uint m, uint p, byte* pwd, nuint pwdLength, byte* salt, nuint saltLength, byte* hash, nuint hashLength);
}
