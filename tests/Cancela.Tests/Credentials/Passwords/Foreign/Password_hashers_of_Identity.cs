using Cancela.Credentials.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Xunit;

namespace Cancela.Tests.Credentials.Passwords.Foreign;

/// <summary>The real one, of the framework, makes hashes that are verified here.</summary>
public sealed class Password_hashers_of_Identity : IDisposable
{
    private readonly PasswordHasher _hasher = new(new Cancela.Credentials.Passwords.PasswordOptions { MemoryKiB = 64, Iterations = 1, MaxConcurrentHashes = 1, MaxQueuedHashes = 1 });

    public void Dispose() => _hasher.Dispose();

    [Theory]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV2, 1000)]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV3, 10_000)]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV3, 100_000)]
    public async Task What_it_hashes_matches(PasswordHasherCompatibilityMode mode, int iterations)
    {
        var theirs = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { CompatibilityMode = mode, IterationCount = iterations }));
        foreach (var password in new[] { KnownHashes.Plain, KnownHashes.Accented, KnownHashes.Decomposed, "\ud83d\udd11 chave", "" })
        {
            var hash = theirs.HashPassword(new object(), password);
            Assert.Equal(new PasswordVerdict.Match(NeedsRehash: true), await _hasher.VerifyAsync(hash, password, default));
            Assert.Equal(new PasswordVerdict.Mismatch(), await _hasher.VerifyAsync(hash, password + "x", default));
        }
    }

    [Theory]
    [InlineData(KnownHashes.Identity2)]
    [InlineData(KnownHashes.Identity3)]
    public void It_takes_the_hashes_that_are_tested_with_here(string hash) =>
        Assert.NotEqual(PasswordVerificationResult.Failed, new PasswordHasher<object>().VerifyHashedPassword(new object(), hash, KnownHashes.Plain));
}
