using Cancela.Credentials.Passwords;
using Xunit;

namespace Cancela.Tests.Credentials.Passwords;

public class Password_verification : IDisposable
{
    private readonly PasswordHasher _hasher = new(Cheap());

    public void Dispose() => _hasher.Dispose();

    [Fact]
    public async Task The_right_password_matches()
    {
        var phc = await HashAsync(_hasher, "uma frase que só eu sei");
        Assert.Equal(new PasswordVerdict.Match(NeedsRehash: false), await _hasher.VerifyAsync(phc, "uma frase que só eu sei", default));
    }

    [Theory]
    [InlineData("Uma frase que só eu sei")]
    [InlineData("uma frase que só eu sei ")]
    [InlineData("uma frase que so eu sei")]
    [InlineData("uma frase que só eu sei\0")]
    [InlineData("")]
    public async Task A_password_is_compared_as_it_was_received(string other)
    {
        var phc = await HashAsync(_hasher, "uma frase que só eu sei");
        Assert.Equal(new PasswordVerdict.Mismatch(), await _hasher.VerifyAsync(phc, other, default));
    }

    [Fact]
    public async Task What_comes_after_byte_72_and_after_NUL_counts()
    {
        var common = new string('x', 100) + '\0';
        var phc = await HashAsync(_hasher, common + "a");
        Assert.IsType<PasswordVerdict.Mismatch>(await _hasher.VerifyAsync(phc, common + "b", default));
        Assert.IsType<PasswordVerdict.Match>(await _hasher.VerifyAsync(phc, common + "a", default));
    }

    [Theory]
    [InlineData("caf\u00e9 com leite", "cafe\u0301 com leite")]
    [InlineData("\ud55c\uad6d\uc5b4 \ube44\ubc00", "\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165 \u1107\u1175\u1106\u1175\u11af")]
    public async Task A_letter_typed_as_one_character_or_as_several_is_one_password(string composed, string decomposed)
    {
        Assert.NotEqual(composed, decomposed);
        var ofComposed = await HashAsync(_hasher, composed);
        var ofDecomposed = await HashAsync(_hasher, decomposed);
        Assert.IsType<PasswordVerdict.Match>(await _hasher.VerifyAsync(ofComposed, decomposed, default));
        Assert.IsType<PasswordVerdict.Match>(await _hasher.VerifyAsync(ofDecomposed, composed, default));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not a hash")]
    [InlineData("$argon2id$v=19$m=4194304,t=99,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")]
    public async Task No_account_and_an_unreadable_hash_cost_one_hash_and_match_nothing(string? phc)
    {
        var before = _hasher.Completed;
        Assert.Equal(new PasswordVerdict.Mismatch(), await _hasher.VerifyAsync(phc, "a password", default));
        Assert.Equal(before + 1, _hasher.Completed);
    }

    [Fact]
    public async Task A_known_account_costs_one_hash_too()
    {
        var phc = await HashAsync(_hasher, "a password");
        var before = _hasher.Completed;
        await _hasher.VerifyAsync(phc, "another password", default);
        Assert.Equal(before + 1, _hasher.Completed);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_costs_one_hash_and_matches_nothing()
    {
        // The hash of the empty text is what a lone surrogate is hashed as: even that does not match.
        var phc = await HashAsync(_hasher, "");
        var before = _hasher.Completed;
        Assert.Equal(new PasswordVerdict.Mismatch(), await _hasher.VerifyAsync(phc, "password\ud83d", default));
        Assert.Equal(before + 1, _hasher.Completed);
        await Assert.ThrowsAsync<ArgumentException>(async () => await _hasher.HashAsync("password\ud83d", default));
    }

    [Fact]
    public async Task A_hash_made_with_other_costs_matches_and_asks_to_be_made_anew()
    {
        using var older = new PasswordHasher(Cheap(memoryKiB: 32));
        var phc = await HashAsync(older, "a password");
        Assert.Equal(new PasswordVerdict.Match(NeedsRehash: true), await _hasher.VerifyAsync(phc, "a password", default));
    }

    [Fact]
    public async Task Each_hash_has_a_salt_of_its_own_and_says_its_costs()
    {
        using var hasher = new PasswordHasher(new PasswordOptions { MaxConcurrentHashes = 1 });
        var (one, other) = (await HashAsync(hasher, "a password"), await HashAsync(hasher, "a password"));
        Assert.NotEqual(one, other);
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", one);
        var phc = PhcString.Parse(one);
        Assert.Equal(16, phc?.Salt.Length);
        Assert.Equal(32, phc?.Tag.Length);
    }

    [Fact]
    public async Task A_full_line_is_said_at_once_and_says_when_to_come_again()
    {
        using var hasher = new PasswordHasher(Cheap(retryAfter: TimeSpan.FromSeconds(5)));
        using var release = new ManualResetEventSlim();
        var holding = hasher.Gate.TryRun(_ =>
        {
            release.Wait();
            return "";
        }, default)!;
        var waiting = hasher.VerifyAsync(null, "a password", default).AsTask();

        Assert.Equal(new PasswordVerdict.Overloaded(TimeSpan.FromSeconds(5)), await hasher.VerifyAsync(null, "a password", default));
        Assert.Equal(new HashOutcome.Overloaded(TimeSpan.FromSeconds(5)), await hasher.HashAsync("a password", default));
        release.Set();
        await holding;
        Assert.IsType<PasswordVerdict.Mismatch>(await waiting);
        Assert.Equal(1, hasher.Completed);
    }

    [Fact]
    public async Task Who_hangs_up_while_waiting_is_not_hashed()
    {
        using var release = new ManualResetEventSlim();
        using var hangUp = new CancellationTokenSource();
        var holding = _hasher.Gate.TryRun(_ =>
        {
            release.Wait();
            return "";
        }, default)!;
        var waiting = _hasher.VerifyAsync(null, "a password", hangUp.Token).AsTask();
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        release.Set();
        await holding;
        Assert.Equal(0, _hasher.Completed);
    }

    [Fact]
    public void The_bytes_of_a_password_are_wiped_when_they_are_disposed_of()
    {
        var bytes = PasswordBytes.TryEncode("cafe\u0301");
        Assert.NotNull(bytes);
        Assert.Equal("caf\u00e9"u8.ToArray(), bytes.Bytes);
        bytes.Dispose();
        Assert.Equal(new byte[5], bytes.Bytes);
    }

    private static PasswordOptions Cheap(int memoryKiB = 64, TimeSpan? retryAfter = null) => new()
    {
        MemoryKiB = memoryKiB,
        Iterations = 1,
        MaxConcurrentHashes = 1,
        MaxQueuedHashes = 1,
        RetryAfter = retryAfter ?? TimeSpan.FromSeconds(2),
    };

    private static async Task<string> HashAsync(PasswordHasher hasher, string password) =>
        Assert.IsType<HashOutcome.Hashed>(await hasher.HashAsync(password, default)).Phc;
}
