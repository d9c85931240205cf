using System.Diagnostics.Metrics;
using Xunit;

namespace Cancela.Tests.House;

/// <summary>Every instrument of the library's meter stands in <c>docs/operations.md</c>, as it is, and no other does.</summary>
public sealed class Metrics_and_their_document
{
    [Fact]
    public async Task Each_instrument_stands_in_the_document_and_nothing_else_does()
    {
        await using var host = await CancelaHost.StartAsync();
        using var figures = Figures.Of(host);
        await LetEachCountAsync(host);
        Expect.None(MetricsDocument.Faults(figures, Repository.Read("docs/operations.md")));
    }

    [Theory]
    [InlineData("| `a.reads` | counter | `{read}` | `outcome`, `reason` | Reads. |", null)]
    [InlineData("| `a.reads` | gauge | `{read}` | `outcome`, `reason` | Reads. |", "a.reads is a counter")]
    [InlineData("| `a.reads` | counter | `s` | `outcome`, `reason` | Reads. |", "a.reads is in {read}")]
    [InlineData("| `a.reads` | counter | `{read}` | `outcome` | Reads. |", "a.reads has the attributes outcome, reason")]
    [InlineData("| `a.reads` | counter | `{read}` | | Reads. |", "a.reads has the attributes outcome, reason")]
    [InlineData("| `a.reads` | counter | `{read}` | `outcome`, `reason` | |", "a.reads: a cell is empty")]
    [InlineData("| `b.reads` | counter | `{read}` | `outcome`, `reason` | Reads. |", "a.reads has no row")]
    [InlineData("| `a.reads` | counter | `{read}` | `outcome`, `reason` | Reads. |\n| `b.reads` | counter | `{read}` | | Reads. |", "`b.reads` is no metric of ours")]
    public void A_difference_is_found(string rows, string? fault)
    {
        using var meter = new Meter(new MeterOptions("Cancela") { Scope = this });
        using var figures = new Figures(this);
        meter.CreateCounter<long>("a.reads", "{read}", "Reads.").Add(1, new("outcome", "success"), new KeyValuePair<string, object?>("reason", "poll"));
        var found = MetricsDocument.Faults(figures, "| metric | kind | unit | attributes | what it tells |\n|---|---|---|---|---|\n" + rows).ToList();
        if (fault is null) Assert.Empty(found);
        else Assert.Contains(fault, found);
    }

    [Fact]
    public void Each_is_named_as_OpenTelemetry_names_them() =>
        Assert.All(MarkdownTable.Rows(Repository.Read("docs/operations.md"), "metric"), row => Assert.Matches(@"\A`cancela(?:\.[a-z]+(?:_[a-z]+)*)+`\z", row[0]));

    // What is read is read anyway; what is counted has to happen.
    private static async Task LetEachCountAsync(CancelaHost host)
    {
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var refresh = (await client.TokenAsync(Person.Ada)).Text("refresh_token")!;
        client.Bearer = null;
        (await client.FormAsync("/auth/refresh", ("refresh_token", refresh))).Expect(200);
        (await client.GetAsync("/auth/me")).Expect(401);
    }
}
