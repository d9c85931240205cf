using System.Text.RegularExpressions;
using Cancela.Credentials.RecoveryCodes;
using Xunit;

namespace Cancela.Tests.Credentials.RecoveryCodes;

public sealed partial class Recovery_codes
{
    [Fact]
    public void They_are_24_letters_and_digits_of_five_bits_that_never_repeat()
    {
        var codes = Enumerable.Range(0, 10_000).Select(static _ => RecoveryCode.New()).ToList();

        Assert.All(codes, static code => Assert.Matches(Shape(), code));
        Assert.Equal(codes.Count, codes.Distinct().Count());
        // Each of the 32 is drawn: 240,000 draws miss none.
        Assert.Equal(32, string.Concat(codes).Replace("-", "", StringComparison.Ordinal).Distinct().Count());
    }

    [Theory]
    [InlineData("K3F9TA7Q0X2MW8H4DZ5C1VBN")]
    [InlineData(" k3f9ta 7q0x2m w8h4dz 5c1vbn\n")]
    [InlineData("k3f9ta-7qOx2m-w8h4dz-5cIvbn")]
    [InlineData("k3f9ta-7qox2m-w8h4dz-5clvbn")]
    public void However_it_is_typed_it_is_the_same(string typed) => Assert.Equal(RecoveryCode.Hash("k3f9ta-7q0x2m-w8h4dz-5c1vbn"), RecoveryCode.Hash(typed));

    [Theory]
    [InlineData("")]
    [InlineData("k3f9ta-7q0x2m-w8h4dz-5c1vb")]
    [InlineData("k3f9ta-7q0x2m-w8h4dz-5c1vbnn")]
    [InlineData("u3f9ta-7q0x2m-w8h4dz-5c1vbn")]
    [InlineData("k3f9ta_7q0x2m_w8h4dz_5c1vbn")]
    public void What_cannot_be_one_has_no_hash(string typed) => Assert.Null(RecoveryCode.Hash(typed));

    [GeneratedRegex("^[0-9a-hjkmnp-tv-z]{6}(-[0-9a-hjkmnp-tv-z]{6}){3}$")]
    private static partial Regex Shape();
}
