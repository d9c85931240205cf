using System.Security.Cryptography;
using System.Text;
using Cancela.Credentials.Passwords;
using Cancela.Credentials.Passwords.Argon2;
using Xunit;

namespace Cancela.Tests.Credentials.Passwords;

public class Argon2id_hashing
{
    private static IEnumerable<Argon2Path> Supported => Enum.GetValues<Argon2Path>().Where(path => path <= Argon2id.BestPath);

    [Fact]
    public void The_example_of_RFC_9106_section_5_3_comes_out_on_each_path()
    {
        Assert.All(Supported, path => Assert.Equal(
            "0D640DF58D78766C08C037A34A8B53C9D01EF0452D75B65EB52520E96B01E659",
            Convert.ToHexString(Hash(new(32, 3, 4), Filled(32, 1), Filled(16, 2), Filled(8, 3), Filled(12, 4), 32, path))));
    }

    // Sections 5.1 and 5.2.
    [Theory]
    [InlineData(Argon2Type.D, "512B391B6F1162975371D30919734294F868E3BE3984F3C1A13A4DB9FABE4ACB")]
    [InlineData(Argon2Type.I, "C814D9D1DC7F37AA13F0D77F2494BDA1C8DE6B016DD388D29952A4C4672B6CE8")]
    public void The_examples_of_its_siblings_come_out_on_each_path(object type, string expected)
    {
        Assert.All(Supported, path => Assert.Equal(
            expected, Convert.ToHexString(Hash(new(32, 3, 4, (Argon2Type)type), Filled(32, 1), Filled(16, 2), Filled(8, 3), Filled(12, 4), 32, path))));
    }

    [Fact]
    public void Ten_thousand_random_small_cases_equal_the_reference_on_each_path()
    {
        if (!ReferenceArgon2.LibraryIsThere) Assert.Skip("libargon2 is not installed (Debian: libargon2-1).");
        for (var i = 0; i < 10_000; i++) Compare(RandomParameters(most: 64));
    }

    [Fact]
    public void Two_hundred_random_larger_cases_equal_the_reference_on_each_path()
    {
        if (!ReferenceArgon2.LibraryIsThere) Assert.Skip("libargon2 is not installed (Debian: libargon2-1).");
        for (var i = 0; i < 200; i++) Compare(RandomParameters(most: 4096));
    }

    [Theory]
    [InlineData("senha secreta", "0123456789abcdef", 19456, 2, 1)]
    [InlineData("é uma frase longa, com espaços", "sal de cozinha", 7168, 5, 1)]
    [InlineData("four lanes", "somesalt", 4099, 3, 4)]
    [InlineData("x", "the smallest of all", 8, 1, 1)]
    [InlineData("sixteen lanes", "saltsaltsaltsalt", 1000, 2, 16)]
    public void The_command_line_of_the_reference_prints_the_same_string(string password, string salt, int m, int t, int p)
    {
        var costs = new Argon2Parameters(m, t, p);
        if (ReferenceArgon2.Encoded(password, salt, costs) is not { } expected)
        {
            Assert.Skip("argon2 is not installed (Debian: argon2).");
            return;
        }
        var saltBytes = Encoding.UTF8.GetBytes(salt);
        var tag = Hash(costs, Encoding.UTF8.GetBytes(password), saltBytes, [], [], 32, Argon2id.BestPath);
        Assert.Equal(expected, new PhcString(costs, saltBytes, tag).ToString());
        Assert.Equal(expected, PhcString.Parse(expected)?.ToString());
    }

    [Fact]
    public void The_memory_is_wiped_after_a_hash_and_used_again_by_the_next()
    {
        using var memory = new Argon2Memory(keepBlocks: 64);
        for (var i = 0; i < 2; i++)
        {
            Argon2id.Hash(new(64, 1, 1), new Argon2Input("password"u8, "saltsalt"u8), new byte[32], memory);
            Assert.Equal(64, memory.Blocks);
            Assert.Equal(64 * Argon2Memory.BlockBytes, memory.Content.Length);
            Assert.False(memory.Content.ContainsAnyExcept((byte)0));
        }
    }

    [Fact]
    public void The_memory_of_an_unusually_large_hash_is_given_back()
    {
        using var memory = new Argon2Memory(keepBlocks: 64);
        Argon2id.Hash(new(128, 1, 1), new Argon2Input("password"u8, "saltsalt"u8), new byte[32], memory);
        Assert.Equal(0, memory.Blocks);
    }

    [Theory]
    [InlineData(7, 1, 1)]
    [InlineData(15, 1, 2)]
    [InlineData((256 * 1024) + 1, 1, 1)]
    [InlineData(64, 0, 1)]
    [InlineData(64, 17, 1)]
    [InlineData(1024, 1, 0)]
    [InlineData(1024, 1, 17)]
    public void Costs_beyond_the_caps_are_refused(int m, int t, int p)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Hash(new(m, t, p), [1], Filled(16, 2), [], [], 32, Argon2Path.Scalar));
    }

    private static void Compare(Argon2Parameters costs)
    {
        var (password, salt) = (Random(0, 150), Random(8, 40));
        var (secret, data) = (Random(0, 40), Random(0, 40));
        var length = RandomNumberGenerator.GetInt32(4, 200);
        var expected = ReferenceArgon2.Hash(costs, password, salt, secret, data, length);
        foreach (var path in Supported)
        {
            var tag = Hash(costs, password, salt, secret, data, length, path);
            Assert.True(tag.AsSpan().SequenceEqual(expected), $"{path}, {costs}, {length} bytes, password {Convert.ToHexString(password)}, "
                + $"salt {Convert.ToHexString(salt)}, secret {Convert.ToHexString(secret)}, data {Convert.ToHexString(data)}");
        }
    }

    private static Argon2Parameters RandomParameters(int most)
    {
        var lanes = RandomNumberGenerator.GetInt32(1, 5);
        return new(RandomNumberGenerator.GetInt32(8 * lanes, most + 1), RandomNumberGenerator.GetInt32(1, 5), lanes, (Argon2Type)RandomNumberGenerator.GetInt32(3));
    }

    private static byte[] Hash(
        Argon2Parameters costs, byte[] password, byte[] salt, byte[] secret, byte[] data, int length, Argon2Path path)
    {
        using var memory = new Argon2Memory(keepBlocks: 0);
        var tag = new byte[length];
        Argon2id.Hash(costs, new Argon2Input(password, salt, secret, data), tag, memory, path);
        return tag;
    }

    private static byte[] Filled(int length, byte value)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, value);
        return bytes;
    }

    private static byte[] Random(int least, int most) => RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(least, most + 1));
}
