using Cancela.Credentials.Passwords;
using Cancela.Credentials.Passwords.Argon2;
using Cancela.Credentials.Passwords.Foreign;
using Xunit;

namespace Cancela.Tests.Credentials.Passwords.Foreign;

public sealed class Hashes_of_other_systems : IDisposable
{
    private readonly PasswordHasher _hasher = new(new PasswordOptions { MemoryKiB = 64, Iterations = 1, MaxConcurrentHashes = 1, MaxQueuedHashes = 1 });

    public static TheoryData<string, string> Known => KnownHashes.All;

    public void Dispose() => _hasher.Dispose();

    [Theory]
    [MemberData(nameof(Known))]
    public async Task The_right_password_matches_and_asks_to_be_hashed_anew(string hash, string password) =>
        Assert.Equal(new PasswordVerdict.Match(NeedsRehash: true), await _hasher.VerifyAsync(hash, password, default));

    [Theory]
    [InlineData(KnownHashes.Identity2)]
    [InlineData(KnownHashes.Identity3)]
    [InlineData(KnownHashes.Bcrypt)]
    [InlineData(KnownHashes.Django)]
    [InlineData(KnownHashes.Passlib)]
    [InlineData(KnownHashes.BetterAuth)]
    [InlineData(KnownHashes.Argon2i)]
    [InlineData(KnownHashes.Argon2d)]
    [InlineData(KnownHashes.Argon2id)]
    public async Task Any_other_password_does_not(string hash)
    {
        foreach (var other in new[] { "Correto cavalo bateria", KnownHashes.Plain + " ", KnownHashes.Plain + "\0", "", KnownHashes.Plain + "\ud83d" })
            Assert.Equal(new PasswordVerdict.Mismatch(), await _hasher.VerifyAsync(hash, other, default));
    }

    [Fact]
    public async Task One_of_Firebase_is_compared_without_the_projects_key()
    {
        var project = FirebaseProject.Read(KnownHashes.FirebaseSignerKey, KnownHashes.FirebaseSeparator, rounds: 8, memCost: 14);
        Assert.NotNull(project);
        var stored = project.Stored(KnownHashes.FirebaseOfExample, KnownHashes.FirebaseSalt);
        Assert.NotNull(stored);
        Assert.StartsWith("$firebase-scrypt$ln=14,r=8,p=1$", stored);
        Assert.DoesNotContain(KnownHashes.FirebaseSignerKey[..20], stored);
        Assert.Equal(new PasswordVerdict.Match(NeedsRehash: true), await _hasher.VerifyAsync(stored, "user1password", default));
        Assert.Equal(new PasswordVerdict.Mismatch(), await _hasher.VerifyAsync(stored, "user2password", default));
        Assert.Equal(stored, project.Stored(KnownHashes.FirebaseOfExample.Replace('/', '_').Replace('+', '-').TrimEnd('='), KnownHashes.FirebaseSalt));
    }

    [Fact]
    public async Task Most_systems_hashed_the_spelling_that_they_were_sent()
    {
        const string ofDecomposed = "pbkdf2_sha256$260000$lNtnwF0tRxDvSnzXC8D4ZA$NARfvE/NllDUmVK9CXqXpvTeMGMkoTL1FzMgkxFQJEM=";
        Assert.IsType<PasswordVerdict.Match>(await _hasher.VerifyAsync(ofDecomposed, KnownHashes.Decomposed, default));
        Assert.IsType<PasswordVerdict.Mismatch>(await _hasher.VerifyAsync(ofDecomposed, KnownHashes.Decomposed.Replace("e\u0301", "\u00e9"), default));
    }

    [Fact]
    public async Task An_Argon2_hash_matches_in_either_spelling_and_costs_as_much_as_no_account()
    {
        var ofDecomposed = ReferenceArgon2.Encoded(KnownHashes.Decomposed, "saltsaltsaltsalt", new Argon2Parameters(64, 1, 1));
        if (ofDecomposed is null) Assert.Skip("argon2 is not installed (Debian: argon2).");
        Assert.IsType<PasswordVerdict.Match>(await _hasher.VerifyAsync(ofDecomposed, KnownHashes.Decomposed, default));

        var before = _hasher.Completed;
        Assert.IsType<PasswordVerdict.Mismatch>(await _hasher.VerifyAsync(null, KnownHashes.Decomposed + "!", default));
        var ofNobody = _hasher.Completed - before;
        Assert.IsType<PasswordVerdict.Mismatch>(await _hasher.VerifyAsync(ofDecomposed, KnownHashes.Decomposed + "!", default));
        Assert.Equal(2 * ofNobody, _hasher.Completed - before);
    }

    [Fact]
    public async Task They_wait_in_the_same_line_as_ours()
    {
        using var release = new ManualResetEventSlim();
        var holding = _hasher.Gate.TryRun(_ =>
        {
            release.Wait();
            return "";
        }, default)!;
        var waiting = _hasher.VerifyAsync(KnownHashes.Passlib, KnownHashes.Plain, default).AsTask();
        Assert.IsType<PasswordVerdict.Overloaded>(await _hasher.VerifyAsync(KnownHashes.Passlib, KnownHashes.Plain, default));
        release.Set();
        await holding;
        Assert.IsType<PasswordVerdict.Match>(await waiting);
        Assert.Equal(1, _hasher.Completed);
    }

    [Theory]
    [InlineData(KnownHashes.Identity2, "ASP.NET Core Identity 2")]
    [InlineData(KnownHashes.Identity3, "ASP.NET Core Identity 3")]
    [InlineData(KnownHashes.Bcrypt, "bcrypt")]
    [InlineData(KnownHashes.Django, "PBKDF2 of Django")]
    [InlineData(KnownHashes.Passlib, "PBKDF2 of passlib")]
    [InlineData(KnownHashes.BetterAuth, "scrypt of better-auth")]
    [InlineData("$firebase-scrypt$ln=14,r=8,p=1$42xEC+ixf3L2lwc$vNwsWAVxNK/RIhVOhDTm/Q", "scrypt of Firebase")]
    [InlineData(KnownHashes.Argon2i, "Argon2i")]
    [InlineData(KnownHashes.Argon2d, "Argon2d")]
    [InlineData(KnownHashes.Argon2id, "Argon2id")]
    [InlineData("correto cavalo bateria", null)]
    public void Each_is_told_by_how_it_is_spelled(string text, string? name) => Assert.Equal(name, StoredHash.NameOf(text));
}
