using Cancela.Problems;
using Cancela.Server.Advice;
using Xunit;

namespace Cancela.Tests.Server.Advice;

/// <summary>At a terminal and as flags.</summary>
public sealed class Answers_that_are_read
{
    [Fact]
    public async Task Enter_takes_every_default()
    {
        var (situation, _) = await AskAsync("\n\n\n\n\n\n\n");
        Assert.Equal(Asked.Answers(""), situation!.Facts);
        Assert.Null(situation.LiveSessions);
    }

    [Fact]
    public async Task A_number_is_taken_as_well_as_its_word()
    {
        var (byNumber, _) = await AskAsync("1,4\n3\n2\n2\n2 3\n1,2\n250000\n");
        var (byWord, _) = await AskAsync("SPA-same-origin, mobile\nservices\nat-once\nseveral\npostgresql redis\npassword,google\n250000\n");
        Assert.Equal(byNumber, byWord);
        Assert.Equal(Asked.Answers("--clients spa-same-origin,mobile --validation services --revocation at-once --nodes several --existing postgresql,redis --sign-in password,google --live-sessions 250000"), byWord!.Facts);
    }

    [Fact]
    public async Task What_is_not_understood_is_asked_again()
    {
        var (situation, output) = await AskAsync("7\nfax\n4\n\n\n\n\n\n-1\nmany\n12\n");
        Assert.Equal(Asked.Answers("--clients mobile"), situation!.Facts);
        Assert.Contains("'fax' is no answer to --clients", output, StringComparison.Ordinal);
        Assert.Contains("'many' is no number", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1\n2\n")]
    [InlineData("\n\n\n\n\n\n")]
    public async Task Whoever_leaves_is_let_go(string input) => Assert.Null((await AskAsync(input)).Situation);

    [Fact]
    public async Task Questions_are_asked_in_the_language_of_the_person()
    {
        Assert.Contains("How do people sign in?", (await AskAsync("\n\n\n\n\n\n\n")).Output, StringComparison.Ordinal);
        Assert.Contains("Como as pessoas entram?", (await AskAsync("\n\n\n\n\n\n\n", Language.BrazilianPortuguese)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nodes", "one,several", "takes one answer")]
    [InlineData("existing", "nothing,redis", "nothing goes with no other")]
    [InlineData("clients", "2", "'2' is no answer")]
    [InlineData("sign-in", "sms", "'sms' is no answer")]
    public void A_flag_that_is_not_understood_says_why(string flag, string text, string sentence)
    {
        Assert.Null(AnswerReader.Read(Questions.All.Single(question => question.Flag == flag), [text], numbered: false, out var fault));
        Assert.Contains(sentence, fault!.English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("20000", null, 20000L)]
    [InlineData(null, "20000", 140000L)]
    [InlineData("0", null, 0L)]
    public void Sessions_are_counted_or_reckoned_from_a_day(string? live, string? perDay, long? expected)
    {
        Assert.Equal(expected, AnswerReader.ReadSessions(live, perDay, out var fault));
        Assert.Null(fault);
    }

    [Theory]
    [InlineData("1", "2")]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("1e6", null)]
    [InlineData(null, "9223372036854775807")]
    [InlineData(null, "99999999999999999999")]
    public void Other_numbers_of_sessions_are_refused(string? live, string? perDay)
    {
        Assert.Null(AnswerReader.ReadSessions(live, perDay, out var fault));
        Assert.NotNull(fault);
    }

    private static async Task<(Situation? Situation, string Output)> AskAsync(string input, Language language = Language.English)
    {
        using var output = new StringWriter();
        using var answers = new StringReader(input);
        var situation = await new Interview(answers, output, language).AskAsync(TestContext.Current.CancellationToken);
        return (situation, output.ToString());
    }
}
