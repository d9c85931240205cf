using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Cancela.Credentials.Passwords.Argon2;
using Cancela.Credentials.Passwords.Foreign;
using Xunit;

namespace Cancela.Tests.Credentials.Passwords.Foreign;

public sealed partial class Bcrypt_hashing
{
    private const string Library = "libcrypt.so.1";

    // The test vectors of crypt_blowfish and John the Ripper, as bytes.
    [Theory]
    [InlineData("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "552A55")]
    [InlineData("$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK", "552A552A")]
    [InlineData("$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a", "552A552A55")]
    [InlineData("$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy", "")]
    [InlineData("$2y$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq", "A3")]
    [InlineData("$2a$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq", "A3")]
    [InlineData("$2y$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e", "FFFFA3")]
    [InlineData("$2y$05$/OK.fbVrR/bpIqNJ5ianF.nRht2l/HRhr6zmCp9vYUvvsqynflf9e", "FFA3333435")]
    public void The_published_vectors_come_out(string hash, string passwordHex) => Assert.True(IsOf(hash, Convert.FromHexString(passwordHex)));

    [Fact]
    public void What_comes_after_byte_72_does_not_count()
    {
        const string hash = "$2b$05$abcdefghijklmnopqrstuuGUnCqbfgs3htOkLrFduUjAyLBw1Rq/u";
        Assert.True(IsOf(hash, [.. Enumerable.Repeat((byte)'a', 72)]));
        Assert.True(IsOf(hash, [.. Enumerable.Repeat((byte)'a', 72), .. "tail"u8]));
        Assert.False(IsOf(hash, [.. Enumerable.Repeat((byte)'a', 71)]));
    }

    [Fact]
    public void What_would_repeat_behind_a_NUL_is_another_password()
    {
        const string ofEmpty = "$2b$05$abcdefghijklmnopqrstuu0oImNDIy4flhldV9YqunRgBAePKmw7m";
        Assert.True(IsOf(ofEmpty, []));
        Assert.False(IsOf(ofEmpty, [0]));
    }

    [Fact]
    public void The_bits_that_a_salt_has_too_many_do_not_count() =>
        Assert.True(IsOf("$2a$05$CCCCCCCCCCCCCCCCCCCCC/E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U"u8.ToArray()));

    [Fact]
    public void Three_hundred_random_passwords_equal_those_of_the_operating_system()
    {
        if (!NativeLibrary.TryLoad(Library, out _)) Assert.Skip("libcrypt is not installed (Debian: libcrypt1).");
        for (var i = 0; i < 300; i++)
        {
            var password = RandomNumberGenerator.GetItems<byte>([.. Enumerable.Range(1, 254).Select(value => (byte)value)], RandomNumberGenerator.GetInt32(0, 90));
            var setting = "$2b$04$" + RandomNumberGenerator.GetString("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 21) + ".";
            var theirs = Marshal.PtrToStringUTF8(Crypt([.. password, 0], Encoding.ASCII.GetBytes(setting + "\0")))!;
            Assert.True(IsOf(theirs, password), $"{theirs} of {Convert.ToHexString(password)}");
        }
    }

    [Fact]
    public void The_tables_begin_and_end_as_published()
    {
        Assert.Equal(1042, PiFraction.Words.Length);
        Assert.Equal([0x243F6A88u, 0x85A308D3u, 0x13198A2Eu, 0x03707344u], PiFraction.Words[..4].ToArray());
        Assert.Equal([0xD1310BA6u, 0x98DFB5ACu], PiFraction.Words[18..20].ToArray());
        Assert.Equal([0x578FDFE3u, 0x3AC372E6u], PiFraction.Words[^2..].ToArray());
    }

    private static bool IsOf(string hash, byte[] password)
    {
        using var memory = new Argon2Memory(keepBlocks: 0);
        return ForeignHash.Parse(hash)!.IsOf(password, memory);
    }

    [LibraryImport(Library, EntryPoint = "crypt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Crypt(byte[] key, byte[] setting);
}
