using System.Text;
using Cancela.Server;
using Cancela.Server.Advice;
using Cancela.Tests.House;
using Cancela.Tests.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace Cancela.Tests.Server.Advice;

/// <summary>What is printed to be pasted is read by the reader that the server starts with.</summary>
public sealed class Settings_to_paste
{
    // The secrets that a reader would make.
    private static readonly Dictionary<string, string> Made = new()
    {
        ["Signing:Secret"] = TestSecret.Value,
        ["Clients:0:Secret"] = new string('5', 64),
        ["Database"] = "postgres:Host=db;Database=cancela;Username=cancela;Password=x",
    };

    [Fact]
    public void Each_set_of_them_that_any_answers_come_to_is_valid()
    {
        var sets = Sets().ToList();
        Assert.True(sets.Count > 50, $"{sets.Count} sets");
        Expect.None(sets.SelectMany(static set => Faults(Json(set.Settings), set.Secrets.ToDictionary(static pair => pair.Key, static pair => Made[pair.Key])).Select(fault => $"{Json(set.Settings)}: {fault}")));
    }

    [Fact]
    public void No_setting_has_two_values() =>
        Expect.None(Sets().SelectMany(static set => set.Settings.GroupBy(static pair => pair.Key).Where(static group => group.Count() > 1)).Select(static group => group.Key).Distinct());

    [Fact]
    public void Without_their_secrets_they_start_nothing()
    {
        var set = Sets().First(static set => set.Secrets.Any(static secret => secret.Key == "Clients:0:Secret"));
        var faults = Faults(Json(set.Settings), []).ToList();
        Assert.Equal(2, faults.Count);
        Assert.Contains(faults, static fault => fault.StartsWith("Cancela:Signing:Secret", StringComparison.Ordinal));
        Assert.Contains(faults, static fault => fault.StartsWith("Cancela:Clients", StringComparison.Ordinal));
    }

    [Fact]
    public void A_setting_that_does_not_exist_would_be_found() =>
        Assert.NotEmpty(Faults("""{"Cancela": {"Cookie": {"Domain": "example.com"}}}""", new() { ["Signing:Secret"] = TestSecret.Value }));

    [Fact]
    public async Task A_shell_reads_from_the_lines_what_the_file_says()
    {
        var set = Sets().MaxBy(static set => set.Settings.Count)!;
        var lines = set.Settings.Select(static pair => SettingsFragment.Variable(pair.Key, SettingsFragment.Quoted(pair.Value)));
        var output = await Programs.RunAsync(["bash", "-c", $"{string.Join('\n', lines)}\nenv -0"]);
        var variables = output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(static line => line.StartsWith("Cancela__", StringComparison.Ordinal))
            .ToDictionary(static line => line.Split('=')[0].Replace("__", ":", StringComparison.Ordinal), static line => line.Split('=', 2)[1]);
        Assert.Equal(Flat(Json(set.Settings)).Order(), variables.Select(static pair => $"{pair.Key}={pair.Value}").Order());
    }

    [Fact]
    public async Task A_shell_makes_the_secrets_that_are_asked_for()
    {
        var secrets = Consequences.All.Where(static one => one.Kind == ConsequenceKind.Secret).SelectMany(static one => one.Settings).Where(static pair => pair.Value.Contains("$(", StringComparison.Ordinal)).ToList();
        var output = await Programs.RunAsync(["bash", "-c", string.Join('\n', secrets.Select(static pair => $"echo {pair.Value}"))]);
        var made = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(secrets.Count, made.Length);
        Assert.All(made, static secret => Assert.True(secret.Length >= 43, secret));
    }

    private sealed record Set(List<KeyValuePair<string, string>> Settings, List<KeyValuePair<string, string>> Secrets);

    private static IEnumerable<Set> Sets() =>
        Walk.Through.Settings.Select(static facts => new Set(Of(facts, ConsequenceKind.Setting), Of(facts, ConsequenceKind.Secret)))
            .DistinctBy(static set => string.Join('\n', set.Settings.Concat(set.Secrets)));

    private static List<KeyValuePair<string, string>> Of(Facts facts, ConsequenceKind kind) =>
        [.. Consequences.All.Where(one => one.Kind == kind && one.When.Holds(facts)).SelectMany(static one => one.Settings).Distinct()];

    private static string Json(IEnumerable<KeyValuePair<string, string>> settings) => SettingsFragment.Json(settings).ToJsonString();

    private static IEnumerable<string> Faults(string json, Dictionary<string, string> secrets)
    {
        var configuration = Configuration(json).AddInMemoryCollection(secrets.Select(static pair => KeyValuePair.Create("Cancela:" + pair.Key, (string?)pair.Value))).Build();
        var place = new Place();
        foreach (var fault in ServerSettings.Read(configuration, place).Faults) yield return fault;
        IEnumerable<string> faults = [];
        try
        {
            CancelaSettings.ReadValid(configuration, place, code: null);
        }
        catch (OptionsValidationException exception)
        {
            faults = exception.Failures;
        }
        foreach (var fault in faults) yield return fault;
    }

    private static IEnumerable<string> Flat(string json) =>
        Configuration(json).Build().AsEnumerable().Where(static pair => pair.Value is not null).Select(static pair => $"{pair.Key}={pair.Value}");

    private static IConfigurationBuilder Configuration(string json) => new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private sealed class Place : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Production";
        public string ApplicationName { get; set; } = "test";
        public string ContentRootPath { get; set; } = Path.GetTempPath();
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
