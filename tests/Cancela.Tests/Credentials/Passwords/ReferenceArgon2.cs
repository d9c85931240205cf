using System.Diagnostics;
using System.Runtime.InteropServices;
using Cancela.Credentials.Passwords.Argon2;
using Xunit;

namespace Cancela.Tests.Credentials.Passwords;

/// <summary>The reference implementation of RFC 9106 as Debian packages it: the library, and the command line <c>argon2</c>.</summary>
internal static unsafe partial class ReferenceArgon2
{
    private const string Library = "libargon2.so.1";

    public static bool LibraryIsThere => NativeLibrary.TryLoad(Library, out _);

    public static byte[] Hash(Argon2Parameters parameters, byte[] password, byte[] salt, byte[] secret, byte[] data, int length)
    {
        var tag = new byte[length];
        fixed (byte* pOut = tag, pPassword = password, pSalt = salt, pSecret = secret, pData = data)
        {
            var context = new Context
            {
                Out = pOut, OutLength = (uint)length,
                Password = pPassword, PasswordLength = (uint)password.Length,
                Salt = pSalt, SaltLength = (uint)salt.Length,
                Secret = pSecret, SecretLength = (uint)secret.Length,
                Data = pData, DataLength = (uint)data.Length,
                Iterations = (uint)parameters.Iterations,
                MemoryKiB = (uint)parameters.MemoryKiB,
                Lanes = (uint)parameters.Parallelism,
                Threads = 1,
                Version = Argon2id.Version,
            };
            Assert.Equal(0, HashContext(&context, (int)parameters.Type));
        }
        return tag;
    }

    /// <summary>The PHC string that the command line prints, or null where it is not installed.</summary>
    public static string? Encoded(string password, string salt, Argon2Parameters parameters)
    {
        var start = new ProcessStartInfo("argon2")
        {
            ArgumentList =
            {
                salt, "-id", "-e", "-v", "13", "-l", "32",
                "-t", $"{parameters.Iterations}", "-k", $"{parameters.MemoryKiB}", "-p", $"{parameters.Parallelism}",
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Write(password);
            process.StandardInput.Close();
            return process.StandardOutput.ReadToEnd().TrimEnd();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [LibraryImport(Library, EntryPoint = "argon2_ctx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int HashContext(Context* context, int type);

    [StructLayout(LayoutKind.Sequential)]
    private struct Context
    {
        public byte* Out;
        public uint OutLength;
        public byte* Password;
        public uint PasswordLength;
        public byte* Salt;
        public uint SaltLength;
        public byte* Secret;
        public uint SecretLength;
        public byte* Data;
        public uint DataLength;
        public uint Iterations;
        public uint MemoryKiB;
        public uint Lanes;
        public uint Threads;
        public uint Version;
        public nint Allocate;
        public nint Free;
        public uint Flags;
    }
}
