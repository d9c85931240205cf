using Cancela.Credentials.Passwords;
using Xunit;

namespace Cancela.Tests.Credentials.Passwords;

public class Choosing_a_password
{
    private const string Email = "joana.prado@loja-azul.com.br";
    private const string Name = "Joana Prado";
    private static readonly PasswordPolicy Policy = new(new PasswordOptions { ContextWords = { "Padaria Central" } });

    [Theory]
    [InlineData("83920174651")]
    [InlineData("only letters and spaces")]
    [InlineData("ÇÃÉÊ açaí")]
    [InlineData("🐢🐙🦜🌵🍋🚲⛵🪁")]
    [InlineData("joana sabe nadar")]
    [InlineData("minha cancela azul")]
    [InlineData("password of the turtle")]
    public void Nothing_but_length_and_being_hard_to_guess_is_asked(string password) => Assert.Empty(Policy.Check(password, Email, Name));

    [Theory]
    [InlineData("tuR9!xk", nameof(PasswordFault.TooShort))]
    [InlineData("🐢🐙🦜🌵🍋🚲⛵", nameof(PasswordFault.TooShort))]
    [InlineData("cafe\u0301xyz", nameof(PasswordFault.TooShort))]
    [InlineData("PassWord1", nameof(PasswordFault.TooCommon))]
    [InlineData("12345678", nameof(PasswordFault.TooCommon))]
    [InlineData("Flamengo", nameof(PasswordFault.TooCommon))]
    [InlineData("Corinthians", nameof(PasswordFault.TooCommon))]
    [InlineData("senha@123", nameof(PasswordFault.TooCommon))]
    [InlineData("mudar123", nameof(PasswordFault.TooCommon))]
    [InlineData("asdfghjklç", nameof(PasswordFault.TooCommon))]
    [InlineData("asdfghjklc\u0327", nameof(PasswordFault.TooCommon))]
    [InlineData("joana.prado@loja-azul.com.br", nameof(PasswordFault.ContainsContext))]
    [InlineData("Joana.Prado", nameof(PasswordFault.ContainsContext))]
    [InlineData("JoanaPrado1987!", nameof(PasswordFault.ContainsContext))]
    [InlineData("joana prado", nameof(PasswordFault.ContainsContext))]
    [InlineData("loja-azul.com.br", nameof(PasswordFault.ContainsContext))]
    [InlineData("LojaAzul", nameof(PasswordFault.ContainsContext))]
    [InlineData("lojaazul-2026", nameof(PasswordFault.ContainsContext))]
    [InlineData("Joana12345", nameof(PasswordFault.ContainsContext))]
    [InlineData("Cancela!", nameof(PasswordFault.ContainsContext))]
    [InlineData("cancela2026", nameof(PasswordFault.ContainsContext))]
    [InlineData("padaria.central1", nameof(PasswordFault.ContainsContext))]
    public void What_attackers_try_first_is_refused_with_its_reason(string password, string reason) =>
        Assert.Equal([reason], Policy.Check(password, Email, Name).Select(fault => $"{fault}"));

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.Equal([PasswordFault.InvalidText], Policy.Check("turtles\ud83d on the beach", Email, Name));

    [Fact]
    public void The_longest_passes_and_one_more_does_not()
    {
        var longest = string.Concat(Enumerable.Range(0, 128).Select(i => char.ConvertFromUtf32(0x1F400 + (i % 60))));
        Assert.Empty(Policy.Check(longest, Email, Name));
        Assert.Equal([PasswordFault.TooLong], Policy.Check(longest + "x", Email, Name));
    }

    [Fact]
    public void Letters_of_two_characters_count_as_the_one_they_compose()
    {
        var decomposed = string.Concat(Enumerable.Repeat("e\u0301a\u0303", 64));
        Assert.Equal(256, decomposed.Length);
        Assert.Empty(Policy.Check(decomposed, Email, Name));
        Assert.Equal([PasswordFault.TooLong], Policy.Check(decomposed + "x", Email, Name));
    }

    [Fact]
    public void A_strict_minimum_counts_code_points()
    {
        var strict = new PasswordPolicy(new PasswordOptions { MinimumLength = 15 });
        var emoji = string.Concat(Enumerable.Range(0, 15).Select(i => char.ConvertFromUtf32(0x1F400 + i)));
        Assert.Empty(strict.Check(emoji, Email, Name));
        Assert.Equal([PasswordFault.TooShort], strict.Check(emoji[2..], Email, Name));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Assert.Equal([PasswordFault.TooShort, PasswordFault.ContainsContext], Policy.Check("cancela", Email, Name));

    [Theory]
    [InlineData("", null)]
    [InlineData("@", "")]
    [InlineData("nobody", "x \ud800 y")]
    public void A_strange_address_or_name_is_no_word(string email, string? name) => Assert.Empty(Policy.Check("83920174651", email, name));

    [Fact]
    public void The_list_holds_the_3000_most_common_and_the_Brazilian_ones()
    {
        Assert.True(CommonPasswords.Count >= 20_000, $"{CommonPasswords.Count}");
        Assert.All(["password", "iloveyou", "qwertyuiop", "trustno1", "brasil123", "teamo123", "deusefiel"], Listed);
        Assert.False(CommonPasswords.Contains("passwor"));

        static void Listed(string password) => Assert.True(CommonPasswords.Contains(password), password);
    }

    [Fact]
    public void Each_refusal_has_a_sentence_in_both_languages()
    {
        var options = new PasswordOptions { MinimumLength = 15, MaximumLength = 99 };
        var sentences = Enum.GetValues<PasswordFault>().Select(fault => PasswordSentences.Of(fault, options)).ToList();
        Assert.Equal(5, sentences.Select(sentence => sentence.Portuguese).Distinct().Count());
        Assert.Equal(5, sentences.Select(sentence => sentence.English).Distinct().Count());
        Assert.Contains("pelo menos 15", PasswordSentences.Of(PasswordFault.TooShort, options).Portuguese);
        Assert.Contains("at most 99", PasswordSentences.Of(PasswordFault.TooLong, options).English);
    }
}
