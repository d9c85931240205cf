namespace Cancela.Server.Advice;

/// <summary>What somebody answered, all of it understood.</summary>
/// <param name="Facts">The answers, defaults among them.</param>
/// <param name="LiveSessions">How many sign-ins are alive at once, where somebody said so.</param>
internal sealed record Situation(Facts Facts, long? LiveSessions)
{
    public static Situation Of(IEnumerable<Facts> answers, long? liveSessions) =>
        new(answers.Aggregate(Questions.SizeOf(liveSessions ?? 0), static (all, one) => all | one), liveSessions);

    /// <summary>The words that answer a question.</summary>
    public IEnumerable<string> Words(Question question) =>
        question.Choices.Where(choice => choice.Fact == Facts.None ? (Facts & question.Mask) == 0 : Facts.HasFlag(choice.Fact)).Select(static choice => choice.Word);
}
