using System.CommandLine;
using System.Text.Json;
using Cancela.Problems;
using Cancela.Server.Advice;

namespace Cancela.Server.Commands;

/// <summary><c>advise</c>: which design fits. It asks at a terminal, takes flags otherwise, and touches no database.</summary>
internal static class AdviseCommand
{
    public static Command Build(string[] settings)
    {
        var questions = Questions.All.Select(static question => new Option<string[]>("--" + question.Flag)
        {
            Description = $"{question.Text.English} {AnswerReader.Words(question)}.{(question.Several ? " Several are separated by commas." : "")} Default: {question.Choices[0].Word}.",
        }).ToList();
        var live = new Option<string?>("--live-sessions") { Description = "How many sign-ins are alive at once." };
        var perDay = new Option<string?>("--sign-ins-per-day") { Description = "The same, reckoned from a day's sign-ins, each alive for a week." };
        var json = new Option<bool>("--json") { Description = "Prints JSON instead of text." };
        var language = new Option<string?>("--language") { Description = "pt-BR or en. Default: Cancela:Language." };
        var figures = new Option<string?>("--figures") { Description = $"What cancela lab measured. Default: {LabFile.Default} in this folder, where it is." };
        var command = new Command("advise", "Session or JWT? Says which design fits, with the settings to paste. Asks where no flag answers.") { live, perDay, json, language, figures };
        foreach (var question in questions) command.Options.Add(question);
        command.SetAction((parsed, token) =>
        {
            var answered = Questions.All.Zip(questions, (question, option) => KeyValuePair.Create(question, parsed.GetValue(option) ?? [])).ToList();
            var said = new Said(
                answered, parsed.GetValue(live), parsed.GetValue(perDay), parsed.GetValue(language), parsed.GetValue(figures), parsed.GetValue(json),
                ByFlags: questions.Exists(option => parsed.GetResult(option) is not null) || parsed.GetResult(live) is not null || parsed.GetResult(perDay) is not null);
            return RunAsync(settings, said, token);
        });
        return command;
    }

    // What stands on the command line, not yet understood.
    private sealed record Said(
        List<KeyValuePair<Question, string[]>> Answers, string? Live, string? PerDay, string? Language, string? Figures, bool Json, bool ByFlags);

    private static async Task<int> RunAsync(string[] settings, Said said, CancellationToken cancellationToken)
    {
        try
        {
            if (SpokenLanguage.Of(WebApplication.CreateSlimBuilder(settings).Configuration, said.Language) is not { } language)
                return await RefuseAsync(new("O idioma é pt-BR ou en (--language, Cancela:Language).", "The language is pt-BR or en (--language, Cancela:Language)."), Language.English);
            if (!said.ByFlags && Console.IsInputRedirected) return await RefuseAsync(NothingSaid, language);
            // Before anybody is asked anything.
            var lab = await LabFile.ReadAsync(said.Figures, cancellationToken);
            if (lab is LabFile.Unreadable(var why)) return await RefuseAsync(why, language);

            var (situation, fault) = said.ByFlags ? Read(said) : (await new Interview(Console.In, Console.Error, language).AskAsync(cancellationToken), null);
            if (fault is not null) return await RefuseAsync(fault, language);
            return situation is null ? CommandLine.Failed : await AnswerAsync(situation, (lab as LabFile.Measured)?.Report, said.Json, language);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C: whoever asked does not want to know any more.
            return CommandLine.Failed;
        }
        catch (Exception exception) when (StartFaults.Tells(exception))
        {
            await StartFaults.PrintAsync(exception, Console.Error);
            return CommandLine.Failed;
        }
    }

    private static (Situation? Situation, Sentence? Fault) Read(Said said)
    {
        List<Facts> answers = [];
        foreach (var (question, texts) in said.Answers)
        {
            if (AnswerReader.Read(question, texts, numbered: false, out var fault) is not { } answer) return (null, fault);
            answers.Add(answer);
        }
        var live = AnswerReader.ReadSessions(said.Live, said.PerDay, out var wrong);
        return wrong is null ? (Situation.Of(answers, live), null) : (null, wrong);
    }

    private static async Task<int> AnswerAsync(Situation situation, Lab.LabReport? lab, bool json, Language language)
    {
        var advised = Advisor.Advise(situation.Facts);
        if (advised is Advised.Contradicts(var rule)) return await RefuseAsync(rule.Why, language);
        var design = ((Advised.Fits)advised).Design;
        var figures = lab is null ? null : AdviceFigures.Of(design, lab);
        if (json) await Shell.Out.WriteLineAsync(JsonSerializer.Serialize(AdviceReport.Of(situation, design, figures, language), AdviceJson.Readable.AdviceReport));
        else await new AdviceText(Shell.Out, language).PrintAsync(design, figures);
        return CommandLine.Done;
    }

    private static async Task<int> RefuseAsync(Sentence sentence, Language language)
    {
        await Console.Error.WriteLineAsync(sentence.In(language));
        return CommandLine.NotUnderstood;
    }

    // Nobody sits at a pipe: what would be asked is said instead.
    private static Sentence NothingSaid { get; } = new(
        $"Sem terminal não há perguntas: use {Flags}.", $"Without a terminal nothing is asked: use {Flags}.");

    private static string Flags => string.Join(", ", Questions.All.Select(static question => $"--{question.Flag} ({AnswerReader.Words(question)})"));
}
