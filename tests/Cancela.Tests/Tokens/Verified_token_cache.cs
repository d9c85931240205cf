using System.Security.Cryptography;
using Cancela.Tokens;
using Xunit;

namespace Cancela.Tests.Tokens;

public sealed class Verified_token_cache
{
    private readonly TokenLab _lab = new();

    [Fact]
    public void A_second_reading_gives_the_same_outcome_object()
    {
        var token = _lab.Write(_lab.Access);
        Assert.Same(_lab.Read(token), _lab.Read(token));
        Assert.Equal(1, _lab.Reader.Remembered);
    }

    [Fact]
    public void Only_valid_tokens_enter()
    {
        _lab.Read(_lab.Write(_lab.Access), TokenType.Refresh);
        _lab.Read(_lab.Write(_lab.Access with { ExpiresAt = _lab.Now }));
        _lab.Read(_lab.Write(_lab.Access) + "x");
        Assert.Equal(0, _lab.Reader.Remembered);
    }

    [Fact]
    public void A_remembered_token_expires_and_is_forgotten()
    {
        var token = _lab.Write(_lab.Access);
        _lab.Read(token);
        _lab.Clock.Advance(TimeSpan.FromSeconds(900));
        var expired = Assert.IsType<TokenReading.Expired>(_lab.Read(token));
        Assert.Equal(expired, _lab.Read(token));
        Assert.Equal(0, _lab.Reader.Remembered);
    }

    [Fact]
    public void A_clock_set_back_makes_a_remembered_token_too_early()
    {
        var token = TokenLab.Sign(_lab.Header, _lab.Payload($"\"nbf\":{_lab.Now + 20},"), _lab.Key);
        Assert.IsType<TokenReading.Valid>(_lab.Read(token));
        _lab.Clock.JumpWall(TimeSpan.FromSeconds(-20));
        Assert.IsType<TokenReading.NotYet>(_lab.Read(token));
    }

    [Fact]
    public void Retiring_the_key_ends_a_remembered_token()
    {
        var token = _lab.Write(_lab.Access);
        _lab.Read(token);
        _lab.Keys.Current = _lab.Keys.Current.With(SigningKey.Generate(SigningAlgorithm.ES256, _lab.Clock.GetUtcNow()));
        Assert.IsType<TokenReading.Valid>(_lab.Read(token));
        _lab.Keys.Current = _lab.Keys.Current.Without(_lab.Key.KeyId);
        Assert.IsType<TokenReading.KeyRetired>(_lab.Read(token));
    }

    [Fact]
    public void A_ring_read_again_with_the_same_key_in_it_leaves_its_tokens_valid()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var lab = new TokenLab(SigningKey.FromSecret(secret, default));
        var token = lab.Write(lab.Access);
        Assert.IsType<TokenReading.Valid>(lab.Read(token));
        lab.Keys.Current = new KeyRing([SigningKey.FromSecret(secret, default)]);
        Assert.IsType<TokenReading.Valid>(lab.Read(token));
        lab.Clock.Advance(TimeSpan.FromDays(1));
        lab.Keys.Current = new KeyRing([SigningKey.FromSecret(secret, default)]);
        Assert.IsType<TokenReading.Expired>(lab.Read(token));
    }

    [Fact]
    public void A_ring_without_the_key_forgets_its_tokens()
    {
        var token = _lab.Write(_lab.Access);
        _lab.Read(token);
        _lab.Keys.Current = new KeyRing([SigningKey.Generate(SigningAlgorithm.HS256, default)]);
        Assert.IsType<TokenReading.Malformed>(_lab.Read(token));
    }

    [Fact]
    public void A_remembered_token_is_still_of_its_type()
    {
        var token = _lab.Write(_lab.Access);
        _lab.Read(token);
        Assert.Equal(new TokenReading.WrongType(TokenType.Refresh), _lab.Read(token, TokenType.Refresh));
        Assert.IsType<TokenReading.Valid>(_lab.Read(token));
    }

    [Fact]
    public void It_never_holds_more_than_it_may()
    {
        var lab = new TokenLab(options: new TokenOptions { CacheCapacity = 50 });
        for (var i = 0; i < 500; i++)
        {
            Assert.IsType<TokenReading.Valid>(lab.Read(lab.Write(lab.Access)));
            Assert.InRange(lab.Reader.Remembered, 1, 50);
        }
        var without = new TokenLab(options: new TokenOptions { CacheCapacity = 0 });
        Assert.IsType<TokenReading.Valid>(without.Read(without.Write(without.Access)));
        Assert.Equal(0, without.Reader.Remembered);
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        var token = _lab.Write(_lab.Access);
        AssertNothingAllocated(() => Assert.IsType<TokenReading.Valid>(_lab.Reader.Read(token, TokenType.Access)));
    }

    [Fact]
    public void A_validation_without_the_cache_allocates_nothing()
    {
        var token = _lab.Write(_lab.Access);
        var (buffer, json) = (new byte[8192], new byte[8192]);
        AssertNothingAllocated(() =>
        {
            CompactToken.TryCopy(token, buffer, out var ascii);
            if (_lab.Reader.Check(ascii, json, new TokenQuestion(_lab.Keys.Current, TokenType.Access, _lab.Now), out _, out _) is not null) throw new InvalidOperationException();
        });
    }

    private static void AssertNothingAllocated(Action read)
    {
        for (var i = 0; i < 100; i++) read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) read();
        // A thousand readings of one byte each would be a thousand bytes: the runtime's own few do not count.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 999);
    }
}
