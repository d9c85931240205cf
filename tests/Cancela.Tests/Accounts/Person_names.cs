using Cancela.Accounts;
using Xunit;

namespace Cancela.Tests.Accounts;

public sealed class Person_names
{
    [Theory]
    [InlineData(" Ana Souza ", "Ana Souza")]
    [InlineData("Null", "Null")]
    [InlineData("O'Brien <b>", "O'Brien <b>")]
    [InlineData("\u0646\u200C\u0627", "\u0646\u200C\u0627")]
    [InlineData("X", "X")]
    [InlineData("  ", null)]
    [InlineData(null, null)]
    public void Have_no_rules_of_their_own(string? input, string? name) =>
        Assert.Equal(new PersonNameReading.Valid(name), PersonName.Read(input));

    [Theory]
    [InlineData("Ana\0")]
    [InlineData("Ana\r\nAdmin: yes")]
    [InlineData("Ana\u2028")]
    [InlineData("A\u202Ena")]
    [InlineData("A\u2066na")]
    [InlineData("\u001B[31mAna")]
    public void Are_one_line_that_shows_what_it_holds(string input) =>
        Assert.IsType<PersonNameReading.Malformed>(PersonName.Read("x" + input + "x"));

    [Fact]
    public void With_half_a_character_are_refused() => Assert.IsType<PersonNameReading.Malformed>(PersonName.Read("A\uD83D"));

    [Fact]
    public void Are_at_most_200_long()
    {
        Assert.IsType<PersonNameReading.Valid>(PersonName.Read(new string('a', 200) + " "));
        Assert.IsType<PersonNameReading.TooLong>(PersonName.Read(new string('a', 201)));
    }
}
