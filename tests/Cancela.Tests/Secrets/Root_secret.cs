using System.Buffers.Text;
using Cancela.Secrets;
using Xunit;

namespace Cancela.Tests.Secrets;

public class Root_secret
{
    [Fact]
    public void A_generated_one_has_no_fault_and_256_bits_and_is_never_the_same()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => RootSecret.Generate()).ToList();

        Assert.All(secrets, secret => Assert.Null(RootSecret.FaultOf(secret, "Cancela:Signing:Secret")));
        Assert.All(secrets, secret => Assert.Equal(32, RootSecret.Parse(secret).Bytes.Length));
        Assert.Equal(100, secrets.Distinct().Count());
    }

    [Theory]
    [InlineData("this is a sentence, not base64url!", "must be base64url")]
    [InlineData("abc+/def", "must be base64url")]
    [InlineData("", "has 0 bytes")]
    [InlineData("short", "has 3 bytes")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrs", "must be base64url")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg", "has 31 bytes")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "is not random")]
    [InlineData("c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U", "is not random")]
    public void A_fault_is_named_with_the_setting_and_without_the_secret(string text, string fault)
    {
        var told = RootSecret.FaultOf(text, "Cancela:Signing:Secret")!;

        Assert.StartsWith("Cancela:Signing:Secret ", told);
        Assert.Contains(fault, told);
        if (text.Length > 0) Assert.DoesNotContain(text, told);
    }

    [Fact]
    public void Thirty_two_different_bytes_are_enough_and_white_space_around_them_does_not_count()
    {
        var text = Base64Url.EncodeToString([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

        Assert.Null(RootSecret.FaultOf($" {text}\n", "Cancela:Signing:Secret"));
        Assert.Equal(RootSecret.Parse(text).Bytes, RootSecret.Parse($" {text}\n").Bytes);
    }

    [Fact]
    public void Each_purpose_and_each_secret_has_a_key_of_its_own_always_the_same()
    {
        var (one, other) = (RootSecret.Parse(RootSecret.Generate()), RootSecret.Parse(RootSecret.Generate()));

        Assert.Equal(32, one.Derive("a").Length);
        Assert.Equal(one.Derive("a"), one.Derive("a"));
        Assert.NotEqual(one.Derive("a"), one.Derive("b"));
        Assert.NotEqual(one.Derive("a"), other.Derive("a"));
        Assert.NotEqual(one.Bytes.ToArray(), one.Derive("a"));
    }

    // HKDF-SHA256 (RFC 5869) of the bytes 0 to 31 without salt: other services may derive the same key, and a restart must.
    [Fact]
    public void The_derivation_never_changes()
    {
        var secret = RootSecret.Parse(Base64Url.EncodeToString([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));

        Assert.Equal("ae1c6854f91382d7eadeb173aa4723c980c93142e5980b460597a854531e72f6", Convert.ToHexStringLower(secret.Derive("cancela refresh jti")));
    }
}
