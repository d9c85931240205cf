using Cancela.Problems;
using Xunit;

namespace Cancela.Tests.Problems;

/// <summary><c>Accept-Language</c> (RFC 9110 section 12.5.4) against the two languages that are spoken.</summary>
public class Choosing_a_language
{
    [Theory]
    [InlineData("en", "en")]
    [InlineData("en-GB", "en")]
    [InlineData("EN-us", "en")]
    [InlineData("pt", "pt-BR")]
    [InlineData("pt-PT", "pt-BR")]
    [InlineData("PT-br", "pt-BR")]
    [InlineData("en, pt", "en")]
    [InlineData("pt;q=0.5, en;q=0.9", "en")]
    [InlineData("pt;q=0.9, en;q=0.5", "pt-BR")]
    [InlineData("en;q=0.9, pt", "pt-BR")]
    [InlineData("fr, de;q=0.9, en;q=0.1", "en")]
    [InlineData("en;q=0, pt;q=0.1", "pt-BR")]
    [InlineData("pt;q=0, en;q=0.1", "en")]
    public void The_language_wished_for_most_is_chosen(string header, string tag)
    {
        Assert.Equal(tag, Languages.Choose(header, Language.BrazilianPortuguese).Tag());
        Assert.Equal(tag, Languages.Choose(header, Language.English).Tag());
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("fr")]
    [InlineData("english")]
    [InlineData("ptx-BR")]
    [InlineData("en;q=0")]
    [InlineData(";;;,,")]
    [InlineData("*;q=0.5, fr")]
    public void Where_the_header_does_not_say_the_setting_does(string header)
    {
        Assert.Equal(Language.BrazilianPortuguese, Languages.Choose(header, Language.BrazilianPortuguese));
        Assert.Equal(Language.English, Languages.Choose(header, Language.English));
    }

    [Theory]
    [InlineData("pt-BR", Language.BrazilianPortuguese)]
    [InlineData("PT-br", Language.BrazilianPortuguese)]
    [InlineData("en", Language.English)]
    [InlineData("EN", Language.English)]
    public void A_setting_is_read_whatever_its_case(string text, Language language)
    {
        Assert.True(LanguageTags.TryParse(text, out var read));
        Assert.Equal(language, read);
        Assert.Equal(language, LanguageTags.Parse(text));
    }

    [Theory]
    [InlineData("pt")]
    [InlineData("en-GB")]
    [InlineData("")]
    public void A_setting_that_is_neither_is_refused(string text)
    {
        Assert.False(LanguageTags.TryParse(text, out _));
        Assert.Throws<FormatException>(() => LanguageTags.Parse(text));
    }
}
