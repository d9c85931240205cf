using System.Text.Json.Nodes;
using Cancela.Problems;

namespace Cancela.Server.Advice;

/// <summary>The answer as <c>--json</c> prints it. Sentences are in the language asked for, everything else is stable.</summary>
/// <param name="Version">Of this shape.</param>
/// <param name="Language">Of the sentences.</param>
/// <param name="Answers">What was known: each flag's words.</param>
/// <param name="LiveSessions">How many sign-ins are alive; null: nobody said.</param>
/// <param name="Strategy">What to hand out.</param>
/// <param name="Topology">How the parts stand to each other.</param>
/// <param name="Settings">What to set.</param>
/// <param name="Steps">What to do.</param>
/// <param name="GivenUp">What it gives up.</param>
/// <param name="NotInThisVersion">What is wanted and not there, with what works today.</param>
/// <param name="Because">The rules that decided.</param>
/// <param name="Figures">What the lab measured; null: nothing.</param>
internal sealed record AdviceReport(
    int Version, string Language, IReadOnlyDictionary<string, IReadOnlyList<string>> Answers, long? LiveSessions,
    AdvisedStrategy Strategy, AdvisedTopology Topology, AdvisedSettings Settings,
    IReadOnlyList<string> Steps, IReadOnlyList<string> GivenUp, IReadOnlyList<string> NotInThisVersion, IReadOnlyList<DecidingRule> Because, AdviceFigures? Figures)
{
    public const int Latest = 1;

    public static AdviceReport Of(Situation situation, Design design, AdviceFigures? figures, Language language)
    {
        List<string> Texts(ConsequenceKind kind) => [.. design.Of(kind).Select(consequence => consequence.Text.In(language))];
        var settings = SettingsFragment.Of(design, ConsequenceKind.Setting).ToList();
        return new(
            Latest, language.Tag(), Questions.All.ToDictionary(static question => question.Flag.Replace('-', '_'), question => (IReadOnlyList<string>)[.. situation.Words(question)]),
            situation.LiveSessions,
            new(design.NearestProfile?.Name, AdvisedSlot.Of(design.Browser, design), AdvisedSlot.Of(design.Token, design)),
            AdvisedTopology.Of(design.Topology, language),
            new(
                SettingsFragment.Json(settings), [.. settings.Select(static pair => SettingsFragment.Variable(pair.Key, SettingsFragment.Quoted(pair.Value)))],
                [.. SettingsFragment.Of(design, ConsequenceKind.Secret).Select(static pair => SettingsFragment.Variable(pair.Key, pair.Value))]),
            Texts(ConsequenceKind.Step), Texts(ConsequenceKind.GivenUp), Texts(ConsequenceKind.NotYet),
            [.. design.Decided.Select(pair => new DecidingRule(pair.Key.Name, pair.Value.Name, pair.Value.Why.In(language)))], figures);
    }
}

/// <param name="NearestProfile">The profile that comes nearest; null where both slots are used. The settings name no profile.</param>
/// <param name="Browser">What <c>POST /auth/login</c> hands out; null: unused.</param>
/// <param name="Token">What <c>POST /auth/token</c> hands out; null: unused.</param>
internal sealed record AdvisedStrategy(string? NearestProfile, AdvisedSlot? Browser, AdvisedSlot? Token);

/// <param name="Strategy">Its name.</param>
/// <param name="CredentialBytes">What each request carries.</param>
/// <param name="StoreRoundTrips">Statements, as counted by a test; of requests in this topology.</param>
internal sealed record AdvisedSlot(string Strategy, int CredentialBytes, StoreRoundTrips StoreRoundTrips)
{
    public static AdvisedSlot? Of(Strategy? strategy, Design design) => strategy is null ? null : new(strategy.Name, strategy.Bytes, new(
        strategy.SignIn, strategy.FirstRequest + design.Asked(strategy), strategy.FurtherRequest + design.Asked(strategy), strategy.Refresh, strategy.Logout));
}

/// <summary>Statements to the database.</summary>
internal sealed record StoreRoundTrips(int SignIn, int FirstRequest, int FurtherRequest, int? Refresh, int Logout);

/// <param name="Name">Stable.</param>
/// <param name="Text">For people.</param>
/// <param name="Processes">Beside the database.</param>
/// <param name="Exchanges">Over the network, for each authenticated request.</param>
internal sealed record AdvisedTopology(string Name, string Text, IReadOnlyList<string> Processes, IReadOnlyList<string> Exchanges)
{
    public static AdvisedTopology Of(Topology topology, Language language) => new(topology.Word, topology.Text.In(language), topology.Processes, topology.Exchanges);
}

/// <param name="Appsettings">To paste into <c>appsettings.json</c>.</param>
/// <param name="Environment">The same as lines of a shell.</param>
/// <param name="Secrets">Lines of a shell for what stands in no file.</param>
internal sealed record AdvisedSettings(JsonObject Appsettings, IReadOnlyList<string> Environment, IReadOnlyList<string> Secrets);

/// <param name="Decision">What was decided.</param>
/// <param name="Rule">By which rule.</param>
/// <param name="Why">For people.</param>
internal sealed record DecidingRule(string Decision, string Rule, string Why);
