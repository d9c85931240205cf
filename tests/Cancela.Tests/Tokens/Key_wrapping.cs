using System.Security.Cryptography;
using Cancela.Tokens;
using Xunit;

namespace Cancela.Tests.Tokens;

public sealed class Key_wrapping
{
    private static readonly DateTimeOffset Day = new(2026, 1, 15, 0, 0, 0, TimeSpan.Zero);
    private readonly KeyWrap _wrap = new(RandomNumberGenerator.GetBytes(32));

    [Theory]
    [InlineData(SigningAlgorithm.HS256)]
    [InlineData(SigningAlgorithm.ES256)]
    public void A_wrapped_key_opens_again(SigningAlgorithm algorithm)
    {
        var key = SigningKey.Generate(algorithm, Day);
        Assert.True(_wrap.TryUnwrap(key.KeyId, algorithm, _wrap.Wrap(key), Day, out var again));
        Assert.Equal(key.ExportMaterial(), again.ExportMaterial());
        Assert.Equal(key.KeyId, again.KeyId);
    }

    [Fact]
    public void The_same_key_wrapped_twice_looks_different_and_never_contains_the_key()
    {
        var key = SigningKey.Generate(SigningAlgorithm.HS256, Day);
        var (one, two) = (_wrap.Wrap(key), _wrap.Wrap(key));
        Assert.NotEqual(one, two);
        Assert.Equal(-1, one.AsSpan().IndexOf(key.ExportMaterial()));
    }

    [Fact]
    public void One_flipped_bit_anywhere_and_it_does_not_open()
    {
        var key = SigningKey.Generate(SigningAlgorithm.HS256, Day);
        var wrapped = _wrap.Wrap(key);
        for (var bit = 0; bit < wrapped.Length * 8; bit++)
        {
            var changed = (byte[])wrapped.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(_wrap.TryUnwrap(key.KeyId, key.Algorithm, changed, Day, out _));
        }
        for (var length = 0; length < wrapped.Length; length++)
            Assert.False(_wrap.TryUnwrap(key.KeyId, key.Algorithm, wrapped[..length], Day, out _));
    }

    [Fact]
    public void Under_another_name_algorithm_or_secret_it_does_not_open()
    {
        var key = SigningKey.Generate(SigningAlgorithm.HS256, Day);
        var wrapped = _wrap.Wrap(key);
        Assert.False(_wrap.TryUnwrap(key.KeyId + "x", key.Algorithm, wrapped, Day, out _));
        Assert.False(_wrap.TryUnwrap(key.KeyId, SigningAlgorithm.ES256, wrapped, Day, out _));
        Assert.False(new KeyWrap(RandomNumberGenerator.GetBytes(32)).TryUnwrap(key.KeyId, key.Algorithm, wrapped, Day, out _));
        Assert.Throws<ArgumentException>(() => new KeyWrap(new byte[31]));
    }
}
