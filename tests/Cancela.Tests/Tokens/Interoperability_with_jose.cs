using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cancela.Tokens;
using Xunit;

namespace Cancela.Tests.Tokens;

public sealed class Interoperability_with_jose(JoseProcess jose) : IClassFixture<JoseProcess>
{
    [Theory]
    [InlineData(SigningAlgorithm.HS256, TokenType.Access)]
    [InlineData(SigningAlgorithm.HS256, TokenType.Refresh)]
    [InlineData(SigningAlgorithm.ES256, TokenType.Access)]
    [InlineData(SigningAlgorithm.ES256, TokenType.Refresh)]
    public void Jose_reads_what_we_write(SigningAlgorithm algorithm, TokenType type)
    {
        var lab = new TokenLab(SigningKey.Generate(algorithm, default));
        var claims = type == TokenType.Access ? lab.Access with { Email = "joão \"j\" \\ 名@example.com" } : lab.Refresh;
        var answer = jose.Ask(Verify(lab, lab.Write(claims), type));
        var payload = answer["result"]?["payload"] ?? throw new InvalidOperationException(answer.ToJsonString());

        Assert.Equal(lab.Key.KeyId, (string?)answer["result"]!["header"]!["kid"]);
        Assert.Equal(claims.Subject.ToString(), (string?)payload["sub"]);
        Assert.Equal(claims.SessionId.ToString(), (string?)payload["sid"]);
        Assert.Equal(claims.TokenId.ToString(), (string?)payload["jti"]);
        Assert.Equal(claims.Email, (string?)payload["email"]);
        Assert.Equal(claims.Role, (string?)payload["role"]);
        Assert.Equal(claims.Scope, (string?)payload["scope"]);
        Assert.Equal(claims.Generation, (int?)payload["gen"]);
        Assert.Equal(claims.Version, (int)payload["ver"]!);
        Assert.Equal(claims.IssuedAt, (long)payload["iat"]!);
        Assert.Equal(claims.ExpiresAt, (long)payload["exp"]!);
        Assert.Equal("""["pwd","otp"]""", payload["amr"]!.ToJsonString());
        Assert.Equal(type == TokenType.Access ? "access" : "refresh", (string?)payload["type"]);
        Assert.Equal(type == TokenType.Access ? "cancela" : null, (string?)payload["client_id"]);
    }

    [Theory]
    [InlineData(SigningAlgorithm.HS256)]
    [InlineData(SigningAlgorithm.ES256)]
    public void Jose_refuses_what_was_changed(SigningAlgorithm algorithm)
    {
        var lab = new TokenLab(SigningKey.Generate(algorithm, default));
        var token = lab.Write(lab.Access);
        var changed = token.ToCharArray();
        changed[token.Length / 2] = changed[token.Length / 2] == 'A' ? 'B' : 'A';
        Assert.NotNull(jose.Ask(Verify(lab, new string(changed), TokenType.Access))["error"]);
        Assert.NotNull(jose.Ask(Verify(lab, token, TokenType.Refresh))["error"]);
        Assert.NotNull(jose.Ask(Verify(lab, token, TokenType.Access))["result"]);
    }

    [Theory]
    [InlineData(SigningAlgorithm.HS256)]
    [InlineData(SigningAlgorithm.ES256)]
    public void We_read_what_jose_writes(SigningAlgorithm algorithm)
    {
        var lab = new TokenLab(SigningKey.Generate(algorithm, default));
        foreach (var email in new[] { "ana@example.com", "joão \"j\" \\ 名\u0001\U0001F600@example.com" })
        {
            var claims = JsonNode.Parse(lab.Payload())!.AsObject();
            claims["email"] = email;
            claims["amr"] = new JsonArray("pwd", "otp");
            claims["address"] = new JsonObject { ["city"] = "São Paulo" };
            var token = (string)jose.Ask(new JsonObject
            {
                ["op"] = "sign", ["alg"] = $"{algorithm}", ["jwk"] = PrivateJwk(lab.Key), ["claims"] = claims.DeepClone(),
                ["header"] = new JsonObject { ["kid"] = lab.Key.KeyId, ["typ"] = "at+jwt", ["alg"] = $"{algorithm}" },
            })["result"]!;
            var valid = Assert.IsType<TokenReading.Valid>(lab.Read(token));
            Assert.Equal((email, "pwd otp"), (valid.Claims.Email, valid.Claims.Methods));
            Assert.Equal((string?)claims["sub"], valid.Claims.Subject.ToString());
        }
    }

    [Fact]
    public void Jose_verifies_with_the_key_set_that_we_publish()
    {
        var lab = new TokenLab(SigningKey.Generate(SigningAlgorithm.ES256, default));
        var question = Verify(lab, lab.Write(lab.Access), TokenType.Access);
        question["jwk"] = JsonNode.Parse(JsonWebKeySet.Write(lab.Keys.Current))!["keys"]![0]!.DeepClone();
        Assert.NotNull(jose.Ask(question)["result"]);
    }

    private static JsonObject Verify(TokenLab lab, string token, TokenType type) => new()
    {
        ["op"] = "verify", ["alg"] = $"{lab.Key.Algorithm}", ["jwk"] = VerifyingJwk(lab.Key), ["token"] = token,
        ["typ"] = type == TokenType.Access ? "at+jwt" : "rt+jwt", ["now"] = lab.Now,
    };

    private static JsonObject VerifyingJwk(SigningKey key)
    {
        var jwk = PrivateJwk(key);
        jwk.Remove("d");
        return jwk;
    }

    private static JsonObject PrivateJwk(SigningKey key)
    {
        if (key.Algorithm == SigningAlgorithm.HS256) return new JsonObject { ["kty"] = "oct", ["k"] = Base64Url.EncodeToString(key.ExportMaterial()) };
        using var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(key.ExportMaterial(), out _);
        var numbers = pair.ExportParameters(includePrivateParameters: true);
        return new JsonObject
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(numbers.Q.X), ["y"] = Base64Url.EncodeToString(numbers.Q.Y),
            ["d"] = Base64Url.EncodeToString(numbers.D),
        };
    }
}
