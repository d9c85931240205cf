using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cancela.Tokens;
using Xunit;

namespace Cancela.Tests.Tokens;

public sealed class Signing_keys
{
    private static readonly DateTimeOffset Day = new(2026, 1, 15, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_secret_of_less_than_32_bytes_is_refused_and_the_message_says_why()
    {
        var fault = Assert.Throws<ArgumentException>(() => SigningKey.FromSecret(new byte[31], Day));
        Assert.Contains("at least 32 bytes", fault.Message);
        Assert.Contains("31", fault.Message);
    }

    [Fact]
    public void Algorithms_that_are_only_verified_are_not_generated()
    {
        Assert.Throws<ArgumentException>(() => SigningKey.Generate(SigningAlgorithm.RS256, Day));
        Assert.Throws<ArgumentException>(() => SigningKey.Generate(SigningAlgorithm.PS256, Day));
    }

    [Theory]
    [InlineData(SigningAlgorithm.HS256)]
    [InlineData(SigningAlgorithm.ES256)]
    public void Exported_and_imported_it_is_the_same_key(SigningAlgorithm algorithm)
    {
        var key = SigningKey.Generate(algorithm, Day);
        var again = SigningKey.ImportMaterial(algorithm, key.ExportMaterial(), Day);
        Assert.Equal(key.KeyId, again.KeyId);
        Assert.True(JsonWebSignature.TryVerify(TokenLab.Sign($$"""{"alg":"{{algorithm}}"}""", "{}", again), key, out _));
        Assert.NotEqual(key.KeyId, SigningKey.Generate(algorithm, Day).KeyId);
    }

    [Fact]
    public void A_secrets_name_is_not_a_hash_of_the_secret_and_its_text_form_hides_it()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var key = SigningKey.FromSecret(secret, Day);
        var k = Base64Url.EncodeToString(secret);
        var thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"k":"{{k}}","kty":"oct"}""")));
        Assert.DoesNotContain(key.KeyId, thumbprint);
        Assert.Equal(16, key.KeyId.Length);
        Assert.Equal($"HS256 {key.KeyId}", key.ToString());
    }

    [Fact]
    public void A_public_key_signs_nothing_and_exports_nothing()
    {
        var set = JsonWebKeySet.Write(new KeyRing([SigningKey.Generate(SigningAlgorithm.ES256, Day)]));
        var key = Assert.Single(JsonWebKeySet.Read(set, Day));
        Assert.False(key.CanSign);
        Assert.Throws<InvalidOperationException>(() => key.ExportMaterial());
        Assert.Throws<InvalidOperationException>(() => key.Sign("x"u8, new byte[64]));
        Assert.Throws<ArgumentException>(() => new KeyRing([key]));
    }

    [Fact]
    public void Many_threads_may_use_one_key()
    {
        foreach (var algorithm in new[] { SigningAlgorithm.HS256, SigningAlgorithm.ES256 })
        {
            var lab = new TokenLab(SigningKey.Generate(algorithm, Day), new TokenOptions { CacheCapacity = 0 });
            Parallel.For(0, 400, _ => Assert.IsType<TokenReading.Valid>(lab.Read(lab.Write(lab.Access))));
        }
    }

    [Fact]
    public void The_published_set_has_the_public_halves_and_no_secret()
    {
        var secret = SigningKey.Generate(SigningAlgorithm.HS256, Day);
        Assert.Equal("""{"keys":[]}""", Encoding.UTF8.GetString(JsonWebKeySet.Write(new KeyRing([secret]))));
        var pair = SigningKey.Generate(SigningAlgorithm.ES256, Day);
        var json = Encoding.UTF8.GetString(JsonWebKeySet.Write(new KeyRing([secret, pair])));
        Assert.Contains(pair.KeyId, json);
        Assert.DoesNotContain(secret.KeyId, json);
        Assert.DoesNotContain("\"d\"", json);
        var read = Assert.Single(JsonWebKeySet.Read(Encoding.UTF8.GetBytes(json), Day));
        Assert.True(JsonWebSignature.TryVerify(TokenLab.Sign("""{"alg":"ES256"}""", "{}", pair), read, out _));
        Assert.Equal(pair.KeyId, read.KeyId);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("""{"kty":"oct","alg":"HS256","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}""")]
    [InlineData("""{"kty":"EC","crv":"P-384","x":"AAAA","y":"AAAA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU=","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","d":"AA","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","use":"enc","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""")]
    [InlineData("""{"kty":"EC","kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""")]
    public void A_JWK_that_is_not_a_public_key_of_ours_is_refused_with_a_reason(string jwk)
    {
        Assert.False(SigningKey.TryFromJwk(Encoding.UTF8.GetBytes(jwk), Day, out var key, out var fault));
        Assert.Null(key);
        Assert.NotEmpty(fault);
    }

    [Theory]
    [InlineData(1024, "RS256", false)]
    [InlineData(2048, "RS256", true)]
    [InlineData(2048, "PS256", true)]
    [InlineData(2048, null, false)]
    [InlineData(2048, "RS384", false)]
    [InlineData(2048, "ES256", false)]
    public void RSA_has_2048_bits_and_one_algorithm(int bits, string? alg, bool accepted)
    {
        using var rsa = RSA.Create(bits);
        var numbers = rsa.ExportParameters(false);
        var named = alg is null ? "" : $"\"alg\":\"{alg}\",";
        var jwk = $$"""{"kty":"RSA",{{named}}"n":"{{Base64Url.EncodeToString(numbers.Modulus)}}","e":"AQAB"}""";
        Assert.Equal(accepted, SigningKey.TryFromJwk(Encoding.UTF8.GetBytes(jwk), Day, out _, out _));
    }
}
