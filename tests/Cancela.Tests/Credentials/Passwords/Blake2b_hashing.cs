using System.Text;
using Cancela.Credentials.Passwords.Argon2;
using Xunit;

namespace Cancela.Tests.Credentials.Passwords;

public class Blake2b_hashing
{
    [Fact]
    public void The_example_of_RFC_7693_appendix_A_comes_out()
    {
        Assert.Equal(
            "BA80A53F981C4D0D6A2797B69F12F6E94C212F14685AC4B74B12BB6FDBFFA2D17D87C5392AAB792DC252D5DE4533CC9518D38AA8DBF1925AB92386EDD4009923",
            Convert.ToHexString(Hash(64, [], Encoding.ASCII.GetBytes("abc"))));
    }

    [Fact]
    public void The_self_test_of_RFC_7693_appendix_E_passes()
    {
        // Lengths on both sides of the block, with and without a key, all hashed into one.
        var all = new Blake2b(32);
        foreach (var outputLength in new[] { 20, 32, 48, 64 })
        {
            foreach (var inputLength in new[] { 0, 3, 128, 129, 255, 1024 })
            {
                var input = Sequence(inputLength, inputLength);
                all.Update(Hash(outputLength, [], input));
                all.Update(Hash(outputLength, Sequence(outputLength, outputLength), input));
            }
        }
        var digest = new byte[32];
        all.Finish(digest);
        Assert.Equal("C23A7800D98123BD10F506C61E29DA5603D763B8BBAD2E737F5E765A7BCCD475", Convert.ToHexString(digest));
    }

    [Fact]
    public void The_pieces_in_which_a_message_comes_do_not_matter()
    {
        var message = Sequence(1000, 7);
        var whole = Hash(64, [], message);
        for (var piece = 1; piece <= 300; piece++)
        {
            var hash = new Blake2b(64);
            for (var at = 0; at < message.Length; at += piece) hash.Update(message.AsSpan(at, Math.Min(piece, message.Length - at)));
            var digest = new byte[64];
            hash.Finish(digest);
            Assert.Equal(whole, digest);
        }
    }

    private static byte[] Hash(int length, byte[] key, byte[] message)
    {
        var hash = new Blake2b(length, key);
        hash.Update(message);
        var digest = new byte[length];
        hash.Finish(digest);
        return digest;
    }

    // selftest_seq of the RFC: a Fibonacci generator.
    private static byte[] Sequence(int length, int seed)
    {
        var bytes = new byte[length];
        var a = unchecked(0xDEAD4BAD * (uint)seed);
        uint b = 1;
        for (var i = 0; i < length; i++)
        {
            var t = unchecked(a + b);
            (a, b) = (b, t);
            bytes[i] = (byte)(t >> 24);
        }
        return bytes;
    }
}
