using System.Globalization;

namespace Cancela.Server.Advice;

/// <summary>Reads answers as they are typed. What is not understood is told, and never taken for something else.</summary>
internal static class AnswerReader
{
    private static readonly char[] Between = [',', ' '];

    /// <summary>Words, or their numbers where those were shown; nothing: the default.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="texts">What was said to it.</param>
    /// <param name="numbered">Whether the choices had numbers.</param>
    /// <param name="fault">What is wrong.</param>
    /// <returns><see langword="null"/>: it is not understood.</returns>
    public static Facts? Read(Question question, IEnumerable<string> texts, bool numbered, out Sentence? fault)
    {
        fault = null;
        var words = texts.SelectMany(static text => text.Split(Between, StringSplitOptions.RemoveEmptyEntries)).ToArray();
        if (words.Length == 0) return question.Choices[0].Fact;
        var answer = Facts.None;
        var nothing = false;
        foreach (var word in words)
        {
            if (Find(question, word, numbered) is not { } choice)
            {
                fault = Unknown(question, word);
                return null;
            }
            answer |= choice.Fact;
            nothing |= choice.Fact == Facts.None;
        }
        if (!question.Several && words.Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1)
            fault = new($"--{question.Flag} aceita uma só resposta: {Words(question)}.", $"--{question.Flag} takes one answer: {Words(question)}.");
        else if (nothing && answer != Facts.None)
            fault = new($"--{question.Flag}: nothing não combina com outra resposta.", $"--{question.Flag}: nothing goes with no other answer.");
        return fault is null ? answer : null;
    }

    /// <summary>How many sign-ins are alive, from either of the two flags.</summary>
    public static long? ReadSessions(string? live, string? perDay, out Sentence? fault)
    {
        fault = null;
        if (live is not null && perDay is not null)
        {
            fault = new("--live-sessions e --sign-ins-per-day dizem a mesma coisa: use um dos dois.", "--live-sessions and --sign-ins-per-day say the same thing: use one of them.");
            return null;
        }
        if ((live ?? perDay) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= long.MaxValue / Questions.DaysAlive)
            return live is null ? number * Questions.DaysAlive : number;
        fault = new($"'{text}' não é um número de sessões: só algarismos, por exemplo 20000.", $"'{text}' is no number of sign-ins: digits only, for example 20000.");
        return null;
    }

    public static string Words(Question question) => string.Join(", ", question.Choices.Select(static choice => choice.Word));

    private static Choice? Find(Question question, string word, bool numbered)
    {
        if (numbered && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= question.Choices.Count)
            return question.Choices[number - 1];
        return question.Choices.FirstOrDefault(choice => choice.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
    }

    private static Sentence Unknown(Question question, string word) => new(
        $"'{word}' não é resposta a --{question.Flag}: {Words(question)}.", $"'{word}' is no answer to --{question.Flag}: {Words(question)}.");
}
