using Cancela.Accounts;
using Xunit;

namespace Cancela.Tests.Accounts;

public sealed class Email_addresses
{
    [Theory]
    [InlineData("ana@example.com", "ana@example.com", "ana@example.com")]
    [InlineData(" \tAna.Souza+shop@Example.COM\r\n", "Ana.Souza+shop@Example.COM", "ana.souza+shop@example.com")]
    [InlineData("JOÃO@exemplo.com.br", "JOÃO@exemplo.com.br", "joão@exemplo.com.br")]
    [InlineData("ana@BÜCHER.example", "ana@BÜCHER.example", "ana@bücher.example")]
    [InlineData("ana@xn--bcher-kva.example", "ana@xn--bcher-kva.example", "ana@xn--bcher-kva.example")]
    [InlineData("o'brien@example.com", "o'brien@example.com", "o'brien@example.com")]
    [InlineData("root@localhost", "root@localhost", "root@localhost")]
    [InlineData("用户@例子.广告", "用户@例子.广告", "用户@例子.广告")]
    [InlineData("\U0001F600@example.com", "\U0001F600@example.com", "\U0001F600@example.com")]
    public void Are_kept_as_written_and_compared_in_lower_case(string input, string text, string key)
    {
        var address = Assert.IsType<EmailReading.Valid>(EmailAddress.Read(input)).Address;

        Assert.Equal((text, key), (address.Text, address.Key));
    }

    [Theory]
    [InlineData("no-at.example.com")]
    [InlineData("two@at@example.com")]
    [InlineData("@example.com")]
    [InlineData("ana@")]
    [InlineData("ana@.example.com")]
    [InlineData("ana@example.com.")]
    [InlineData("ana@example..com")]
    [InlineData("ana souza@example.com")]
    [InlineData("ana@exam\u00A0ple.com")]
    [InlineData("ana\0@example.com")]
    [InlineData("ana@example.com\0")]
    [InlineData("ana@example.com\r\nBcc: all@example.com")]
    [InlineData("ana\n@example.com")]
    [InlineData("ana@exa\u2028mple.com")]
    [InlineData("ana\u0085@example.com")]
    [InlineData("ana\u200B@example.com")]
    [InlineData("ana\u202E@example.com")]
    [InlineData("\u007Fana@example.com")]
    [InlineData("<ana@example.com>")]
    [InlineData("ana,bia@example.com")]
    [InlineData("\"ana\"@example.com")]
    [InlineData("ana@[127.0.0.1]")]
    public void That_cannot_be_or_hide_something_are_refused(string input) =>
        Assert.IsType<EmailReading.Malformed>(EmailAddress.Read(input));

    [Fact]
    public void With_half_a_character_are_refused()
    {
        Assert.IsType<EmailReading.Malformed>(EmailAddress.Read("a\uD83D@example.com"));
        Assert.IsType<EmailReading.Malformed>(EmailAddress.Read("a@example.com\uDE00"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    public void That_are_missing_are_said_to_be_missing(string? input) =>
        Assert.IsType<EmailReading.Missing>(EmailAddress.Read(input));

    [Fact]
    public void Are_at_most_254_octets()
    {
        var domain = "@" + string.Join('.', Enumerable.Repeat(new string('d', 63), 3));

        Assert.IsType<EmailReading.Valid>(EmailAddress.Read(new string('a', 254 - domain.Length) + domain));
        Assert.IsType<EmailReading.TooLong>(EmailAddress.Read(new string('a', 255 - domain.Length) + domain));
        Assert.IsType<EmailReading.Valid>(EmailAddress.Read(new string('é', (254 - domain.Length) / 2) + domain));
        Assert.IsType<EmailReading.TooLong>(EmailAddress.Read(new string('é', ((254 - domain.Length) / 2) + 1) + domain));
    }

    [Theory]
    [InlineData("bo\u212Ae@example.com", "boke@example.com")]   // U+212A, the Kelvin sign
    [InlineData("ÅNA@example.com", "åna@example.com")]
    public void That_differ_only_in_case_are_one_in_any_script(string one, string other) =>
        Assert.Equal(EmailAddress.KeyOf(one), EmailAddress.KeyOf(other));

    [Fact]
    public void That_are_composed_differently_are_one()
    {
        Assert.Equal(EmailAddress.KeyOf("jos\u00E9@example.com"), EmailAddress.KeyOf("jose\u0301@example.com"));
    }

    [Theory]
    [InlineData("boke@example.com", "b\u043Eke@example.com")]   // its o is Cyrillic
    [InlineData("straße@example.com", "strasse@example.com")]
    public void That_differ_in_a_letter_are_two(string one, string other) =>
        Assert.NotEqual(EmailAddress.KeyOf(one), EmailAddress.KeyOf(other));

    [Theory]
    [InlineData(" not an address ", "not an address")]
    [InlineData("", "")]
    public void That_are_none_have_a_key_all_the_same(string input, string key) =>
        Assert.Equal(key, EmailAddress.KeyOf(input));

    [Fact]
    public void With_half_a_character_have_a_key_all_the_same() => Assert.Equal("A\uFFFD", EmailAddress.KeyOf("A\uD83D"));

    // The account is found by what is stored: guesses at it are counted there, however they were typed.
    [Fact]
    public void What_is_stored_alike_has_one_key() => Assert.Equal(EmailAddress.KeyOf("a\uFFFD@example.com"), EmailAddress.KeyOf("a\0@example.com"));
}
