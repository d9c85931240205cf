using Cancela.Tokens;
using Xunit;

namespace Cancela.Tests.Tokens;

public sealed class Key_rings
{
    private static readonly DateTimeOffset Day = new(2026, 1, 15, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void After_a_rotation_the_new_key_signs_and_the_old_one_verifies_until_it_is_retired()
    {
        var lab = new TokenLab(SigningKey.Generate(SigningAlgorithm.HS256, Day));
        var old = lab.Write(lab.Access);
        var newer = SigningKey.Generate(SigningAlgorithm.ES256, Day.AddDays(1));
        lab.Keys.Current = lab.Keys.Current.With(newer);

        var fresh = Assert.IsType<TokenReading.Valid>(lab.Read(lab.Write(lab.Access)));
        Assert.Equal(newer.KeyId, fresh.Claims.KeyId);
        Assert.IsType<TokenReading.Valid>(lab.Read(old));

        lab.Keys.Current = lab.Keys.Current.Without(lab.Key.KeyId);
        Assert.IsType<TokenReading.KeyRetired>(lab.Read(old));
        Assert.Same(newer, Assert.Single(lab.Keys.Current.Verifying));
        Assert.Equal([lab.Key.KeyId], lab.Keys.Current.Retired);
    }

    [Fact]
    public void An_older_key_that_is_added_does_not_sign()
    {
        var key = SigningKey.Generate(SigningAlgorithm.HS256, Day);
        var ring = new KeyRing([key]).With(SigningKey.Generate(SigningAlgorithm.HS256, Day.AddDays(-1)));
        Assert.Same(key, ring.Signing);
        Assert.Equal(2, ring.Verifying.Count);
    }

    [Fact]
    public void The_last_key_that_signs_is_not_retired()
    {
        var key = SigningKey.Generate(SigningAlgorithm.HS256, Day);
        Assert.Throws<ArgumentException>(() => new KeyRing([key]).Without(key.KeyId));
    }

    [Fact]
    public void A_ring_does_not_change_when_another_is_made_of_it()
    {
        var ring = new KeyRing([SigningKey.Generate(SigningAlgorithm.HS256, Day)]);
        var signing = ring.Signing;
        ring.With(SigningKey.Generate(SigningAlgorithm.HS256, Day.AddDays(1))).Without(signing.KeyId);
        Assert.Same(signing, ring.Signing);
        Assert.Empty(ring.Retired);
    }
}
