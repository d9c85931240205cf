using System.Text;
using Cancela.Tokens;
using Xunit;

namespace Cancela.Tests.Tokens;

public sealed class Token_claims
{
    private readonly TokenLab _lab = new();

    [Fact]
    public void What_is_written_is_read_again()
    {
        foreach (var claims in new[] { _lab.Access, _lab.Refresh, _lab.Access with { Methods = "" }, _lab.Refresh with { Role = "ADMIN", Scope = "" } })
        {
            var valid = Assert.IsType<TokenReading.Valid>(_lab.Read(_lab.Write(claims), claims.Type));
            Assert.Equal(claims with { KeyId = _lab.Key.KeyId }, valid.Claims);
        }
    }

    [Theory]
    [InlineData("\"quoted\"@example.com")]
    [InlineData("back\\slash@example.com")]
    [InlineData("joão.çedilha@exemplo.com.br")]
    [InlineData("名前@例え.jp")]
    [InlineData("emoji\U0001F600@example.com")]
    [InlineData("line\r\nbreak\0nul\u001b@example.com")]
    [InlineData("</script>+tag'&@example.com")]
    public void Any_text_survives(string email)
    {
        var valid = Assert.IsType<TokenReading.Valid>(_lab.Read(_lab.Write(_lab.Access with { Email = email, Scope = email, Role = email })));
        Assert.Equal((email, email, email), (valid.Claims.Email, valid.Claims.Scope, valid.Claims.Role));
    }

    [Fact]
    public void Half_a_surrogate_pair_does_not_break_the_token()
    {
        var valid = Assert.IsType<TokenReading.Valid>(_lab.Read(_lab.Write(_lab.Access with { Email = "a\ud83d" })));
        Assert.Equal("a\uFFFD", valid.Claims.Email);
    }

    [Fact]
    public void Claims_that_do_not_fit_are_refused_when_written() =>
        Assert.Throws<ArgumentException>(() => _lab.Write(_lab.Access with { Scope = new string('\u0001', 8000) }));

    [Fact]
    public void An_issuer_with_strange_letters_is_ours_all_the_same()
    {
        var lab = new TokenLab(options: new TokenOptions { Issuer = "https://ação.example/\"x\"\\y", Audience = "ção" });
        Assert.IsType<TokenReading.Valid>(lab.Read(lab.Write(lab.Access)));
    }

    [Fact]
    public void An_access_token_is_not_a_refresh_token_nor_the_other_way_round()
    {
        Assert.Equal(new TokenReading.WrongType(TokenType.Refresh), _lab.Read(_lab.Write(_lab.Access), TokenType.Refresh));
        Assert.Equal(new TokenReading.WrongType(TokenType.Access), _lab.Read(_lab.Write(_lab.Refresh), TokenType.Access));
    }

    [Theory]
    [InlineData("\"typ\":\"rt+jwt\",", false)]
    [InlineData("\"typ\":\"JWT\",", false)]
    [InlineData("\"typ\":\"dpop+jwt\",", false)]
    [InlineData("\"typ\":1,", false)]
    [InlineData("", false)]
    [InlineData("\"typ\":\"at+jwt\",", true)]
    [InlineData("\"typ\":\"AT+JWT\",", true)]
    [InlineData("\"typ\":\"application/at+jwt\",", true)]
    public void The_header_typ_is_that_of_the_type(string typ, bool accepted)
    {
        var header = $$"""{"alg":"HS256",{{typ}}"kid":"{{_lab.Key.KeyId}}"}""";
        Assert.Equal(accepted, _lab.Read(TokenLab.Sign(header, _lab.Payload(), _lab.Key)) is TokenReading.Valid);
    }

    [Theory]
    [InlineData("\"type\":\"access\"", "")]
    [InlineData("\"type\":\"access\"", "\"type\":\"Access\"")]
    [InlineData("\"type\":\"access\"", "\"type\":null")]
    [InlineData("\"iss\":\"cancela\"", "\"iss\":\"other\"")]
    [InlineData("\"iss\":\"cancela\"", "\"iss\":\"Cancela\"")]
    [InlineData("\"iss\":\"cancela\"", "")]
    [InlineData("\"iss\":\"cancela\"", "\"iss\":[\"cancela\"]")]
    [InlineData("\"aud\":\"cancela\"", "\"aud\":\"cancela.evil\"")]
    [InlineData("\"aud\":\"cancela\"", "\"aud\":\"cancela \"")]
    [InlineData("\"aud\":\"cancela\"", "\"aud\":[\"other\"]")]
    [InlineData("\"aud\":\"cancela\"", "\"aud\":[[\"cancela\"]]")]
    [InlineData("\"aud\":\"cancela\"", "\"aud\":{\"cancela\":\"cancela\"}")]
    [InlineData("\"aud\":\"cancela\"", "\"aud\":[]")]
    [InlineData("\"aud\":\"cancela\"", "")]
    [InlineData("\"ver\":1", "")]
    [InlineData("\"ver\":1", "\"ver\":-1")]
    [InlineData("\"ver\":1", "\"ver\":\"1\"")]
    [InlineData("\"ver\":1", "\"ver\":1.0")]
    [InlineData("\"ver\":1", "\"ver\":99999999999")]
    [InlineData("\"ver\":1", "\"ver\":1,\"ver\":2")]
    [InlineData("\"ver\":1", "\"ver\":1,\"zzz\":1,\"zzz\":1")]
    [InlineData("\"ver\":1", "\"ver\":1,\"zzz\":{\"a\":1,\"\\u0061\":1}")]
    [InlineData("\"ver\":1", "\"ver\":1,\"role\":1")]
    [InlineData("\"ver\":1", "\"ver\":1,\"email\":null")]
    [InlineData("\"ver\":1", "\"ver\":1,\"email\":\"\\ud800\"")]
    [InlineData("\"ver\":1", "\"ver\":1,\"amr\":\"pwd\"")]
    [InlineData("\"ver\":1", "\"ver\":1,\"amr\":[1]")]
    [InlineData("\"ver\":1", "\"ver\":1,\"zzz\":[[[[[[[[[[1]]]]]]]]]]")]
    [InlineData("\"ver\":1", "\"ver\":1,\"zzz\":01")]
    [InlineData("\"ver\":1", "\"ver\":1,\"zzz\":NaN")]
    public void A_claim_that_is_wrong_or_missing_makes_it_malformed(string member, string instead)
    {
        var payload = _lab.Payload();
        Assert.IsType<TokenReading.Valid>(_lab.ReadPayload(payload));
        var changed = instead.Length > 0 ? payload.Replace(member, instead) : payload.Replace(member, "\"unknown\":0");
        Assert.NotEqual(payload, changed);
        Assert.IsType<TokenReading.Malformed>(_lab.ReadPayload(changed));
    }

    [Theory]
    [InlineData("jti")]
    [InlineData("sid")]
    [InlineData("iat")]
    [InlineData("exp")]
    public void It_names_itself_its_session_and_its_times(string claim) =>
        Assert.IsType<TokenReading.Malformed>(_lab.ReadPayload(_lab.Payload().Replace($"\"{claim}\":", $"\"x{claim}\":")));

    [Theory]
    [InlineData("\"nothing\":")]
    [InlineData("\"sub\":null,\"x\":")]
    [InlineData("\"sub\":\"\",\"x\":")]
    public void Without_sub_it_has_an_answer_of_its_own(string instead) =>
        Assert.IsType<TokenReading.NoSubject>(_lab.ReadPayload(_lab.Payload().Replace("\"sub\":", instead)));

    [Theory]
    [InlineData("\"aud\":[\"other\",\"cancela\"]")]
    [InlineData("\"aud\":\"c\\u0061ncela\"")]
    public void An_audience_in_which_we_are_is_ours(string audience) =>
        Assert.IsType<TokenReading.Valid>(_lab.ReadPayload(_lab.Payload().Replace("\"aud\":\"cancela\"", audience)));

    [Fact]
    public void Unknown_claims_are_ignored() => Assert.IsType<TokenReading.Valid>(_lab.ReadPayload(
        _lab.Payload(""" "a":{"b":[1,2.5e3,null,{"c":"\n"}]},"":0,"n":-1.5,"t":true,"f":false,"e":[],"o":{} , """)));

    [Fact]
    public void A_payload_that_is_not_UTF_8_is_malformed()
    {
        byte[] payload = [.. Encoding.UTF8.GetBytes(_lab.Payload()[..^1]), .. ",\"x\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.IsType<TokenReading.Malformed>(_lab.Read(TokenLab.Sign(Encoding.UTF8.GetBytes(_lab.Header), payload, _lab.Key)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{\"type\":\"access\"")]
    [InlineData("{\"type\":\"access\"}{}")]
    public void A_payload_is_one_object(string payload) => Assert.IsType<TokenReading.Malformed>(_lab.ReadPayload(payload));

    [Fact]
    public void It_expires_at_the_second_without_leeway()
    {
        var token = _lab.Write(_lab.Access);
        _lab.Clock.Advance(TimeSpan.FromSeconds(900) - TimeSpan.FromTicks(1));
        Assert.IsType<TokenReading.Valid>(_lab.Read(token));
        _lab.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.IsType<TokenReading.Expired>(_lab.Read(token));
    }

    [Theory]
    [InlineData("iat")]
    [InlineData("nbf")]
    public void Its_beginning_may_lie_thirty_seconds_ahead_and_no_more(string claim)
    {
        string With(long ahead) => claim == "nbf"
            ? _lab.Payload($"\"nbf\":{_lab.Now + ahead},")
            : _lab.Payload().Replace($"\"iat\":{_lab.Now}", $"\"iat\":{_lab.Now + ahead}");
        Assert.IsType<TokenReading.Valid>(_lab.ReadPayload(With(30)));
        Assert.IsType<TokenReading.NotYet>(_lab.ReadPayload(With(31)));
    }

    [Theory]
    [InlineData("\"1768478400\"")]
    [InlineData("1e400")]
    [InlineData("99999999999999999999999")]
    [InlineData("1768478400.5")]
    [InlineData("null")]
    [InlineData("true")]
    public void A_date_is_a_whole_number(string date)
    {
        foreach (var claim in new[] { "iat", "exp" })
            Assert.IsType<TokenReading.Malformed>(_lab.ReadPayload(_lab.Payload().Replace($"\"{claim}\":", $"\"{claim}\":{date},\"x\":")));
        Assert.IsType<TokenReading.Malformed>(_lab.ReadPayload(_lab.Payload($"\"nbf\":{date},")));
    }

    [Fact]
    public void The_largest_and_smallest_numbers_overflow_nothing()
    {
        var payload = _lab.Payload();
        Assert.IsType<TokenReading.Valid>(_lab.ReadPayload(payload.Replace($"\"exp\":{_lab.Now + 900}", $"\"exp\":{long.MaxValue}")));
        Assert.IsType<TokenReading.Expired>(_lab.ReadPayload(payload.Replace($"\"exp\":{_lab.Now + 900}", $"\"exp\":{long.MinValue}")));
        Assert.IsType<TokenReading.NotYet>(_lab.ReadPayload(payload.Replace($"\"iat\":{_lab.Now}", $"\"iat\":{long.MaxValue}")));
    }
}
