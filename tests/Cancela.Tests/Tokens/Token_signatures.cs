using System.Buffers.Text;
using System.Text;
using Cancela.Tokens;
using Xunit;

namespace Cancela.Tests.Tokens;

public sealed class Token_signatures
{
    private readonly TokenLab _lab = new();

    [Theory]
    [InlineData(SigningAlgorithm.HS256)]
    [InlineData(SigningAlgorithm.ES256)]
    public void Every_flipped_bit_is_refused(SigningAlgorithm algorithm)
    {
        var lab = new TokenLab(SigningKey.Generate(algorithm, default));
        var token = lab.Write(lab.Access);
        Assert.IsType<TokenReading.Valid>(lab.Read(token));
        for (var at = 0; at < token.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = token.ToCharArray();
                changed[at] ^= (char)(1 << bit);
                Assert.IsType<TokenReading.Malformed>(lab.Read(new string(changed)));
            }
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("nOnE")]
    [InlineData("")]
    [InlineData("HS512")]
    [InlineData("hs256")]
    [InlineData("ES256")]
    [InlineData("RS256")]
    public void Only_the_alg_of_the_key_is_accepted(string alg)
    {
        var header = $$"""{"alg":"{{alg}}","typ":"at+jwt","kid":"{{_lab.Key.KeyId}}"}""";
        Assert.IsType<TokenReading.Malformed>(_lab.Read(TokenLab.Sign(header, _lab.Payload(), _lab.Key)));
        Assert.IsType<TokenReading.Malformed>(_lab.Read($"{Encode(header)}.{Encode(_lab.Payload())}."));
    }

    [Fact]
    public void The_public_key_is_no_secret()
    {
        var lab = new TokenLab(SigningKey.Generate(SigningAlgorithm.ES256, default));
        var publicKey = JsonWebKeySet.Write(lab.Keys.Current);
        var confused = SigningKey.FromSecret(publicKey, default);
        var header = $$"""{"alg":"HS256","typ":"at+jwt","kid":"{{lab.Key.KeyId}}"}""";
        Assert.IsType<TokenReading.Malformed>(lab.Read(TokenLab.Sign(header, lab.Payload(), confused)));
    }

    [Theory]
    [InlineData(""" "crit":["exp"], """)]
    [InlineData(""" "crit":[], """)]
    [InlineData(""" "b64":true, """)]
    [InlineData(""" "zip":"DEF", """)]
    [InlineData(""" "alg":"HS256", """)]
    [InlineData(""" "x":{"a":1,"a":2}, """)]
    [InlineData(""" "al\u0067":"HS256", """)]
    public void A_header_that_asks_for_more_or_says_things_twice_is_refused(string extra) =>
        Assert.IsType<TokenReading.Malformed>(_lab.Read(TokenLab.Sign(_lab.Header.Insert(1, extra), _lab.Payload(), _lab.Key)));

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"HS256\"")]
    [InlineData("{}")]
    [InlineData("{\"alg\":1}")]
    [InlineData("{\"alg\":\"HS256\"")]
    [InlineData("{\"alg\":\"HS256\",}")]
    [InlineData("{\"alg\":\"HS256\\")]
    [InlineData("{\"alg\":[\"\\")]
    [InlineData("{\"alg\":\"HS256")]
    [InlineData("{\"alg")]
    [InlineData("{\"alg\":")]
    [InlineData("{\"alg\":\"HS256\"}x")]
    [InlineData("\uFEFF{\"alg\":\"HS256\"}")]
    public void A_header_is_one_strict_object_with_alg(string header) =>
        Assert.IsType<TokenReading.Malformed>(_lab.Read(TokenLab.Sign(header, _lab.Payload(), _lab.Key)));

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("' OR 1=1 --")]
    [InlineData("http://127.0.0.1:1/key")]
    [InlineData("%00")]
    [InlineData("")]
    [InlineData("ключ")]
    public void A_kid_is_only_a_name_in_the_ring(string kid)
    {
        var header = $$"""{"alg":"HS256","typ":"at+jwt","kid":"{{kid}}"}""";
        var reading = Assert.IsType<TokenReading.Malformed>(_lab.Read(TokenLab.Sign(header, _lab.Payload(), _lab.Key)));
        Assert.Equal("no key of that name", reading.Reason);
    }

    [Fact]
    public void A_key_inside_the_token_is_not_used()
    {
        var stranger = SigningKey.Generate(SigningAlgorithm.ES256, default);
        var lab = new TokenLab(SigningKey.Generate(SigningAlgorithm.ES256, default));
        var set = Encoding.UTF8.GetString(JsonWebKeySet.Write(new KeyRing([stranger])));
        var jwk = set["{\"keys\":[".Length..^2];
        foreach (var member in new[] { $"\"jwk\":{jwk}", "\"jku\":\"http://127.0.0.1:1/\"", "\"x5u\":\"http://127.0.0.1:1/\"", "\"x5c\":[\"AA\"]" })
        {
            Assert.IsType<TokenReading.Malformed>(lab.Read(TokenLab.Sign(lab.Header.Insert(1, member + ","), lab.Payload(), stranger)));
            Assert.IsType<TokenReading.Valid>(lab.Read(TokenLab.Sign(lab.Header.Insert(1, member + ","), lab.Payload(), lab.Key)));
        }
    }

    [Fact]
    public void Without_kid_the_only_key_of_the_algorithm_counts_and_of_two_none()
    {
        var header = """{"alg":"HS256","typ":"at+jwt"}""";
        var valid = Assert.IsType<TokenReading.Valid>(_lab.Read(TokenLab.Sign(header, _lab.Payload(), _lab.Key)));
        Assert.Equal(_lab.Key.KeyId, valid.Claims.KeyId);
        _lab.Keys.Current = _lab.Keys.Current.With(SigningKey.Generate(SigningAlgorithm.HS256, _lab.Clock.GetUtcNow()));
        Assert.IsType<TokenReading.Malformed>(_lab.Read(TokenLab.Sign(header, _lab.Payload(), _lab.Key)));
    }

    [Fact]
    public void Base64url_has_one_spelling()
    {
        var token = _lab.Write(_lab.Access);
        var parts = token.Split('.');
        string[] others =
        [
            token + "=", $"{parts[0]}=.{parts[1]}.{parts[2]}", " " + token, token + "\n", token.Insert(10, " "), token.Insert(token.Length - 5, "\r\n"),
            token + ".", token + "." + parts[2], "." + token, $"{parts[0]}.{parts[1]}", $"{parts[0]}..{parts[2]}", $".{parts[1]}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}.{parts[2][..^1]}", "", ".", "..", "...", "\0", token.Replace('.', ','), "ａ" + token[1..],
        ];
        Assert.All(others, other => Assert.IsType<TokenReading.Malformed>(_lab.Read(other)));
        // The last of 43 characters carries two bits that decode to nothing.
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = Alphabet.IndexOf(token[^1], StringComparison.Ordinal);
        for (var bits = 1; bits < 4; bits++) Assert.IsType<TokenReading.Malformed>(_lab.Read(token[..^1] + Alphabet[last | bits]));
        Assert.IsType<TokenReading.Valid>(_lab.Read(token));
    }

    [Theory]
    [InlineData("{} ")]
    [InlineData("+/")]
    [InlineData("e30=")]
    [InlineData("e3")]
    public void A_payload_that_is_not_canonical_is_refused_though_it_is_signed(string payload)
    {
        var token = TokenLab.SignText(Encode(_lab.Header), payload, _lab.Key);
        Assert.IsType<TokenReading.Malformed>(_lab.Read(token));
        Assert.False(JsonWebSignature.TryVerify(token, _lab.Key, out _));
    }

    [Fact]
    public void Longer_than_8_KiB_is_refused_before_it_is_read()
    {
        Assert.IsType<TokenReading.Malformed>(_lab.Read(new string('A', 1_000_000)));
        var fits = TokenLab.Sign(_lab.Header, _lab.Payload($"\"pad\":\"{new string('x', 5000)}\","), _lab.Key);
        var large = TokenLab.Sign(_lab.Header, _lab.Payload($"\"pad\":\"{new string('x', 7000)}\","), _lab.Key);
        Assert.IsType<TokenReading.Valid>(_lab.Read(fits));
        Assert.True(large.Length > 8192);
        Assert.IsType<TokenReading.Malformed>(_lab.Read(large));
        Assert.False(JsonWebSignature.TryVerify(large, _lab.Key, out _));
        Assert.False(JsonWebSignature.TryVerify(null, _lab.Key, out _));
    }

    [Fact]
    public void A_reason_never_repeats_the_token()
    {
        var marked = TokenLab.Sign("""{"alg":"HS256","kid":"MARKER"}""", """{"sub":"MARKER"}""", _lab.Key);
        var reason = Assert.IsType<TokenReading.Malformed>(_lab.Read(marked)).Reason;
        Assert.DoesNotContain("MARKER", reason);
        Assert.DoesNotContain(marked.Split('.')[2], reason);
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
