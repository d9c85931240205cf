using Cancela.Server.Advice;
using Xunit;

namespace Cancela.Tests.Server.Advice;

/// <summary>A situation, written as its flags.</summary>
internal static class Asked
{
    public static Design Advise(string flags)
    {
        var advised = Advisor.Advise(Answers(flags));
        return advised is Advised.Fits(var design) ? design : throw new InvalidOperationException($"{flags}: {((Advised.Contradicts)advised).Rule.Name}");
    }

    public static Facts Answers(string flags)
    {
        var words = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] Of(string flag) => [.. words.Where((_, at) => at > 0 && words[at - 1] == "--" + flag)];
        var answers = Questions.All.Select(question => AnswerReader.Read(question, Of(question.Flag), numbered: false, out var fault) ?? throw new InvalidOperationException(fault!.English));
        var live = AnswerReader.ReadSessions(Of("live-sessions").FirstOrDefault(), Of("sign-ins-per-day").FirstOrDefault(), out var wrong);
        Assert.Null(wrong);
        return Situation.Of(answers, live).Facts;
    }
}
