using System.Globalization;
using System.Text;
using Cancela.Credentials.Totp;
using Cancela.Text;
using Xunit;

namespace Cancela.Tests.Credentials.Totp;

public sealed class Totp_codes
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    [Theory]
    [InlineData(59, "94287082", "46119246")]
    [InlineData(1111111109, "07081804", "68084774")]
    [InlineData(1111111111, "14050471", "67062674")]
    [InlineData(1234567890, "89005924", "91819424")]
    [InlineData(2000000000, "69279037", "90698825")]
    [InlineData(20000000000, "65353130", "77737706")]
    public void They_are_those_of_RFC_6238_appendix_B(long seconds, string sha1, string sha256)
    {
        var step = TotpCode.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds));

        Assert.Equal(sha1[2..], TotpCode.Compute(Secret, step, TotpAlgorithm.Sha1));
        Assert.Equal(sha256[2..], TotpCode.Compute(Encoding.ASCII.GetBytes("12345678901234567890123456789012"), step, TotpAlgorithm.Sha256));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_RFC_4648_section_10_without_padding(string plain, string encoded) =>
        Assert.Equal(encoded, Base32.Encode(Encoding.ASCII.GetBytes(plain)));

    [Theory]
    [InlineData(-2, null, null)]
    [InlineData(-1, null, -1L)]
    [InlineData(0, 0L, 0L)]
    [InlineData(1, null, 1L)]
    [InlineData(2, null, null)]
    public void A_code_is_found_within_the_skew_and_no_further(int off, long? withoutSkew, long? withSkew)
    {
        const long Now = 50_000_000;
        var code = TotpCode.Compute(Secret, Now + off, TotpAlgorithm.Sha1);

        Assert.Equal(withoutSkew + Now, TotpCode.Find(Secret, code, Now, skew: 0, TotpAlgorithm.Sha1));
        Assert.Equal(withSkew + Now, TotpCode.Find(Secret, code, Now, skew: 1, TotpAlgorithm.Sha1));
    }

    [Fact]
    public void It_may_be_typed_as_apps_show_it()
    {
        var code = TotpCode.Compute(Secret, 1, TotpAlgorithm.Sha1);

        Assert.Equal(1, TotpCode.Find(Secret, $" {code[..3]} {code[3..]} ", 1, 0, TotpAlgorithm.Sha1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345a")]
    [InlineData("-12345")]
    [InlineData("１２３４５６")]
    [InlineData("٠١٢٣٤٥")]
    public void What_is_no_six_digits_is_no_code(string typed) => Assert.Null(TotpCode.Find(Secret, typed, 1, 1, TotpAlgorithm.Sha1));

    [Fact]
    public void The_URI_escapes_what_people_are_called() => Assert.Equal(
        "otpauth://totp/Caf%C3%A9%20%26%20Cia:ada%2Bx%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Caf%C3%A9%20%26%20Cia&algorithm=SHA1&digits=6&period=30",
        TotpUri.Of(Secret, "Café & Cia", "ada+x@example.com", TotpAlgorithm.Sha1));

    [Theory]
    [InlineData(TotpAlgorithm.Sha1)]
    [InlineData(TotpAlgorithm.Sha256)]
    public async Task Oathtool_shows_the_same(TotpAlgorithm algorithm)
    {
        var app = new Authenticator(Base32.Encode(Secret), algorithm);
        for (var seconds = 1_700_000_000L; seconds < 1_700_000_000L + (20 * 7_919); seconds += 7_919)
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
            Assert.Equal(TotpCode.Compute(Secret, TotpCode.StepOf(at), algorithm), await app.ShowAsync(at));
        }
        Assert.Equal(6, TotpCode.Compute(Secret, 0, algorithm).Length);
        Assert.True(int.TryParse(TotpCode.Compute(Secret, 0, algorithm), NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }
}
