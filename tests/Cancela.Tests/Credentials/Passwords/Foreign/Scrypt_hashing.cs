using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Cancela.Credentials.Passwords.Argon2;
using Cancela.Credentials.Passwords.Foreign;
using Xunit;

namespace Cancela.Tests.Credentials.Passwords.Foreign;

public sealed partial class Scrypt_hashing
{
    private const string Library = "libcrypto.so.3";

    // RFC 7914 section 12. The fourth of its vectors needs a GiB, which is beyond the caps.
    [Theory]
    [InlineData("", "", 4, 1, 1, "77D6576238657B203B19CA42C18A0497F16B4844E3074AE8DFDFFA3FEDE21442FCD0069DED0948F8326A753A0FC81F17E8D3E0FB2E0D3628CF35E20C38D18906")]
    [InlineData("password", "NaCl", 10, 8, 16, "FDBABE1C9D3472007856E7190D01E9FE7C6AD7CBC8237830E77376634B3731622EAF30D92E22A3886FF109279D9830DAC727AFB94A83EE6D8360CBDFA2CC0640")]
    [InlineData("pleaseletmein", "SodiumChloride", 14, 8, 1, "7023BDCB3AFD7348461C06CD81FD38EBFDA8FBBA904F8E3EA9B543F6545DA1F2D5432955613F0FCF62D49705242A9AF9E61E85DC0D651E40DFCF017B45575887")]
    public void The_vectors_of_RFC_7914_come_out(string password, string salt, int logN, int r, int p, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(Derive(new(logN, r, p), Encoding.ASCII.GetBytes(password), Encoding.ASCII.GetBytes(salt), 64)));

    [Fact]
    public void Three_hundred_random_cases_equal_those_of_OpenSSL()
    {
        if (!NativeLibrary.TryLoad(Library, out _)) Assert.Skip("OpenSSL 3 is not installed (Debian: libssl3).");
        for (var i = 0; i < 300; i++)
        {
            var costs = new ScryptCosts(RandomNumberGenerator.GetInt32(1, 9), RandomNumberGenerator.GetInt32(1, 20), RandomNumberGenerator.GetInt32(1, 4));
            var (password, salt) = (RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 100)), RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 50)));
            var theirs = new byte[RandomNumberGenerator.GetInt32(1, 100)];
            Assert.Equal(1, OpenSsl(
                password, password.Length, salt, salt.Length, (ulong)costs.N, (ulong)costs.BlockSize, (ulong)costs.Parallelism, 1 << 28, theirs, theirs.Length));
            Assert.Equal(theirs, Derive(costs, password, salt, theirs.Length));
        }
    }

    [Fact]
    public void The_memory_is_wiped_after_it()
    {
        using var memory = new Argon2Memory(keepBlocks: 64);
        Scrypt.Derive(new(4, 8, 1), "password"u8, "salt"u8, new byte[32], memory);
        Assert.NotEqual(0, memory.Blocks);
        Assert.False(memory.Content.ContainsAnyExcept((byte)0));
    }

    [Theory]
    [InlineData(19, 8, 1)]
    [InlineData(14, 8, 17)]
    [InlineData(17, 8, 3)]
    public void Costs_beyond_the_caps_are_refused(int logN, int r, int p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Derive(new(logN, r, p), [1], [2], 32));

    private static byte[] Derive(ScryptCosts costs, byte[] password, byte[] salt, int length)
    {
        using var memory = new Argon2Memory(keepBlocks: 0);
        var key = new byte[length];
        Scrypt.Derive(costs, password, salt, key, memory);
        return key;
    }

    [LibraryImport(Library, EntryPoint = "EVP_PBE_scrypt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenSsl(
        byte[] password, nint passwordLength, byte[] salt, nint saltLength, ulong n, ulong r, ulong p, ulong mostMemory, byte[] key, nint keyLength);
}
