using System.Globalization;
using System.Text.Json;
using Cancela.Problems;
using Cancela.Server.Commands;

namespace Cancela.Server.Advice;

/// <summary>The answer for people.</summary>
internal sealed class AdviceText(TextWriter output, Language language)
{
    public async Task PrintAsync(Design design, AdviceFigures? figures)
    {
        await StrategyAsync(design);
        await HeadAsync(Headings.Topology);
        await LineAsync($"{design.Topology.Word}: {design.Topology.Text.In(language)}");
        await SettingsAsync(design);
        await ListAsync(Headings.Steps, design.Of(ConsequenceKind.Step).Select(static step => step.Text));
        await CostsAsync(design);
        await ListAsync(Headings.GivenUp, design.Of(ConsequenceKind.GivenUp).Select(static given => given.Text));
        await ListAsync(Headings.NotYet, design.Of(ConsequenceKind.NotYet).Select(static lack => lack.Text));
        await HeadAsync(Headings.Why);
        foreach (var (decision, rule) in design.Decided) await LineAsync($"{decision.Name}: {rule.Name}. {rule.Why.In(language)}");
        if (figures is not null) await FiguresAsync(figures);
    }

    private async Task StrategyAsync(Design design)
    {
        await output.WriteLineAsync($"{Headings.Strategy.In(language)} {Headings.Slots.In(language)}");
        await LineAsync($"POST /auth/login  {design.Browser?.Name ?? Headings.Unused.In(language)}");
        await LineAsync($"POST /auth/token  {design.Token?.Name ?? Headings.Unused.In(language)}");
        if (design.NearestProfile is { } profile)
            await LineAsync($"{Headings.NearestProfile.In(language)} Cancela:Profile = {profile.Name}: {profile.Profile.In(language)}.");
    }

    private async Task SettingsAsync(Design design)
    {
        var settings = SettingsFragment.Of(design, ConsequenceKind.Setting).ToList();
        await HeadAsync(Headings.Settings);
        await output.WriteLineAsync(JsonSerializer.Serialize(SettingsFragment.Json(settings), AdviceJson.Readable.JsonObject));
        await HeadAsync(Headings.Variables);
        foreach (var (name, value) in settings) await output.WriteLineAsync(SettingsFragment.Variable(name, SettingsFragment.Quoted(value)));
        await HeadAsync(Headings.Secrets);
        foreach (var secret in design.Of(ConsequenceKind.Secret))
            foreach (var (name, value) in secret.Settings) await output.WriteLineAsync($"{SettingsFragment.Variable(name, value)}   # {secret.Text.In(language)}");
        await output.WriteLineAsync();
        foreach (var setting in design.Of(ConsequenceKind.Setting)) await LineAsync($"{setting.Settings[0].Key}: {setting.Text.In(language)}");
    }

    private async Task CostsAsync(Design design)
    {
        await HeadAsync(Headings.Costs);
        var topology = design.Topology;
        await LineAsync($"{Headings.Processes.In(language)}: {topology.Processes.Count} ({string.Join(", ", topology.Processes)})");
        await LineAsync($"{Headings.Exchanges.In(language)}:");
        foreach (var exchange in topology.Exchanges) await LineAsync($"  {exchange}");
        await LineAsync($"{Headings.Statements.In(language)}:");
        await Table.PrintAsync(output,
        [
            ["", Headings.SignIn.In(language), Headings.First.In(language), Headings.Further.In(language), Headings.Refresh.In(language), Headings.Logout.In(language), Headings.Bytes.In(language)],
            .. new[] { design.Browser, design.Token }.OfType<Strategy>().Select(strategy => (string[])
            [
                $"    {strategy.Name}", Number(strategy.SignIn), Number(strategy.FirstRequest + design.Asked(strategy)), Number(strategy.FurtherRequest + design.Asked(strategy)),
                strategy.Refresh is { } refresh ? Number(refresh) : "—", Number(strategy.Logout), Number(strategy.Bytes),
            ]),
        ]);
    }

    private async Task FiguresAsync(AdviceFigures figures)
    {
        await output.WriteLineAsync($"{Environment.NewLine}{Headings.Measured.In(language)} {Table.Time(figures.MeasuredAt)}, {figures.Machine}");
        await Table.PrintAsync(output,
        [
            ["", "", "RATIO", "CPU µs", "p99 µs", "REVOKED p50 ms", "p99 ms"],
            .. figures.Strategies.Select(one => (string[])
            [
                $"  {one.Strategy}", (one.Advised ? Headings.Advised : Headings.RunnerUp).In(language), Number(one.Ratio), Number(one.CpuMicroseconds), Number(one.P99Microseconds),
                Number(one.RevocationDelayP50Ms), Number(one.RevocationDelayP99Ms),
            ]),
        ]);
    }

    private async Task ListAsync(Sentence heading, IEnumerable<Sentence> sentences)
    {
        await HeadAsync(heading);
        foreach (var sentence in sentences) await LineAsync("- " + sentence.In(language));
    }

    private Task HeadAsync(Sentence heading) => output.WriteLineAsync($"{Environment.NewLine}{heading.In(language)}");

    private Task LineAsync(string line) => output.WriteLineAsync("  " + line);

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
