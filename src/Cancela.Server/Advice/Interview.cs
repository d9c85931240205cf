using Cancela.Problems;

namespace Cancela.Server.Advice;

/// <summary>Asks at the terminal. Enter takes the default; a number or its word is understood, and anything else is asked again.</summary>
internal sealed class Interview(TextReader input, TextWriter output, Language language)
{
    /// <returns><see langword="null"/>: nobody answers any more.</returns>
    public async Task<Situation?> AskAsync(CancellationToken cancellationToken)
    {
        List<Facts> answers = [];
        foreach (var question in Questions.All)
        {
            await ShowAsync(question);
            if (await UntilUnderstoodAsync(text => (AnswerReader.Read(question, [text], numbered: true, out var fault), fault), cancellationToken) is not { } answer) return null;
            answers.Add(answer);
        }
        await output.WriteLineAsync($"{Environment.NewLine}{Questions.OfSessions.In(language)}");
        var size = await UntilUnderstoodAsync(text => (AnswerReader.ReadSessions(text.Length == 0 ? "0" : text, null, out var fault), fault), cancellationToken);
        return size is { } number ? Situation.Of(answers, number == 0 ? null : number) : null;
    }

    private async Task ShowAsync(Question question)
    {
        await output.WriteLineAsync($"{Environment.NewLine}{question.Text.In(language)}{(question.Several ? Several.In(language) : "")}");
        for (var i = 0; i < question.Choices.Count; i++)
            await output.WriteLineAsync($"  {i + 1}  {question.Choices[i].Word,-16} {question.Choices[i].Text.In(language)}{(i == 0 ? Default.In(language) : "")}");
    }

    private async Task<T?> UntilUnderstoodAsync<T>(Func<string, (T? Answer, Sentence? Fault)> read, CancellationToken cancellationToken) where T : struct
    {
        while (true)
        {
            await output.WriteAsync("> ");
            await output.FlushAsync(cancellationToken);
            // A console's reader waits for its line whatever the token says: it is left behind.
            var line = await Task.Run(input.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
            if (line is null) return null;
            var (answer, fault) = read(line.Trim());
            if (answer is not null) return answer;
            await output.WriteLineAsync(fault!.In(language));
        }
    }

    private static Sentence Several { get; } = new(" (várias, separadas por vírgulas)", " (several, separated by commas)");

    private static Sentence Default { get; } = new(" (padrão)", " (default)");
}
