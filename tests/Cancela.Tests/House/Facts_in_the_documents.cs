using System.Reflection;
using System.Text.RegularExpressions;
using Cancela.Audit;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.House;

/// <summary>What the documents name exists, and what exists is named.</summary>
public sealed partial class Facts_in_the_documents
{
    [Fact]
    public void The_tests_that_the_threat_model_relies_on_exist()
    {
        var named = MarkdownTable.Rows(Repository.Read("docs/threat-model.md"), "attacker").SelectMany(row => Names(row[^1])).ToList();
        Assert.True(named.Count > 10);
        var tests = Assembly.GetExecutingAssembly().GetTypes().Select(type => type.Name).ToHashSet();
        Expect.None(named.Where(name => !tests.Contains(name)).Select(name => $"There is no test class {name}"));
    }

    [Fact]
    public void Every_audit_event_stands_in_the_operations_page_and_no_other()
    {
        var events = typeof(AuditEvents).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToHashSet();
        var told = MarkdownTable.Rows(Repository.Read("docs/operations.md"), "event").SelectMany(row => Names(row[0])).ToHashSet();
        Assert.Equal(events.Order(), told.Order());
    }

    [Fact]
    public async Task The_operators_SQL_runs()
    {
        var block = Assert.Single(MarkdownCode.Blocks(Repository.Read("docs/operations.md"), "sql"));
        await using var store = await TestDatabase.CreateAsync();
        foreach (var statement in Comment().Replace(block, "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            await store.RunAsync(statement);
    }

    [Fact]
    public async Task Every_endpoint_stands_in_the_first_page_and_no_other()
    {
        await using var host = await CancelaHost.StartAsync();
        var mapped = Endpoints.Of(host.Services).Select(endpoint => endpoint.Replace(":guid", "", StringComparison.Ordinal)).ToHashSet();
        var told = MarkdownTable.Rows(Repository.Read("docs/start.md"), "method and path").SelectMany(row => Names(row[0])).ToHashSet();
        Assert.Equal(mapped.Order(), told.Order());
    }

    [Theory]
    [InlineData("session")]
    [InlineData("jwt")]
    [InlineData("jwt-cookie")]
    [InlineData("refresh-denylist")]
    [InlineData("refresh-rotation")]
    public void Every_settings_name_in_a_strategys_page_is_one(string strategy)
    {
        var settings = Setting.Below(typeof(CancelaOptions)).Select(setting => setting.Path["Cancela:".Length..]).ToHashSet();
        var named = Name().Matches(Repository.Read($"docs/strategies/{strategy}.md")).Select(match => match.Groups[1].Value.Replace("Cancela:", "", StringComparison.Ordinal))
            .Where(name => SettingName().IsMatch(name)).ToList();
        Assert.NotEmpty(named);
        Expect.None(named.Where(name => !settings.Any(setting => setting == name || setting.StartsWith(name.TrimEnd('*'), StringComparison.Ordinal) && name.EndsWith('*'))));
    }

    private static IEnumerable<string> Names(string cell) => Name().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Z]\w+:(?:[A-Z]\w+|\*)")]
    private static partial Regex SettingName();

    [GeneratedRegex("^--.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
