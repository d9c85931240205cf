using Cancela.Secrets;
using Xunit;

namespace Cancela.Tests.Secrets;

public sealed class Sealing_of_secrets
{
    private static readonly Guid Ada = new("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Bia = new("00000000-0000-4000-8000-000000000002");
    private static readonly byte[] Plain = "twenty bytes, a seed"u8.ToArray();

    private readonly RootSecret _secret = RootSecret.Parse(RootSecret.Generate());

    [Fact]
    public void What_is_sealed_opens_again_and_only_for_its_owner_and_its_purpose()
    {
        var seeds = Of(_secret);
        var closed = seeds.Seal(Plain, Ada);

        Assert.True(seeds.TryOpen(closed, Ada, out var opened, out var byAnother));
        Assert.Equal(Plain, opened);
        Assert.False(byAnother);
        Assert.False(seeds.TryOpen(closed, Bia, out _, out _));
        Assert.False(new Sealing(_secret, new OtherSecrets([]), "something else").TryOpen(closed, Ada, out _, out _));
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_found()
    {
        var seeds = Of(_secret);
        var closed = seeds.Seal(Plain, Ada);
        for (var bit = 0; bit < closed.Length * 8; bit++)
        {
            var changed = closed.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(seeds.TryOpen(changed, Ada, out _, out _), $"bit {bit}");
        }
        for (var length = 0; length < closed.Length; length++) Assert.False(seeds.TryOpen(closed[..length], Ada, out _, out _));
    }

    [Fact]
    public void The_same_seed_never_looks_the_same_twice()
    {
        var seeds = Of(_secret);

        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => Convert.ToHexString(seeds.Seal(Plain, Ada))).Distinct().Count());
    }

    [Fact]
    public void What_another_secret_sealed_opens_and_says_so()
    {
        var before = Of(_secret).Seal(Plain, Ada);
        var present = RootSecret.Parse(RootSecret.Generate());

        Assert.False(Of(present).TryOpen(before, Ada, out _, out _));
        var rotated = Of(present, _secret);
        Assert.True(rotated.TryOpen(before, Ada, out var opened, out var byAnother));
        Assert.Equal(Plain, opened);
        Assert.True(byAnother);
        Assert.True(Of(present).TryOpen(rotated.Seal(opened, Ada), Ada, out _, out byAnother));
        Assert.False(byAnother);
    }

    private static Sealing Of(RootSecret secret, params RootSecret[] others) => new(secret, new OtherSecrets(others), "seeds");
}
