using Xunit;

namespace Cancela.Tests.House;

public sealed class Options_and_their_document
{
    [Fact]
    public void Each_setting_stands_in_the_document_and_nothing_else_does() =>
        Expect.None(SettingsDocument.Faults(typeof(CancelaOptions), Repository.Read("docs/options.md")));

    [Fact]
    public void Each_profile_sets_what_the_document_says() =>
        Expect.None(ProfilesDocument.Faults(Repository.Read("docs/options.md")));

    private const string Complete = """
        | setting | values | default | meaning |
        |---|---|---|---|
        | `Cancela:Name` | text | `cancela` | What it is called. |
        | `Cancela:Secret` | base64url | none; made at the first start | What signs. |
        | `Cancela:Colour` | `red`, `dark-blue` | `dark-blue` | How it looks. |
        | `Cancela:Friends` | list | none | Who may ask. |
        | `Cancela:Roles` | map | `USER` = `read`; `ADMIN` = `read, write` | Who may do what. |
        | `Cancela:Keys` | map | `front` = `two, three` | Who may open what. |
        | `Cancela:Window:Lifetime` | time | 7 d | How long it stays open. |
        | `Cancela:Window:Grace` | time | 1500 ms | How long it takes to close. |
        | `Cancela:Window:Panes` | count | 2 | How many. |
        | `Cancela:Window:Hands` | count | cores | How many open it. |
        | `Cancela:Window:Queue` | count | 64 × cores | How many wait. |
        | `Cancela:Window:Open` | `true`, `false` | `true` | Whether. |
        """;

    [Fact]
    public void A_complete_document_has_no_fault() => Expect.None(SettingsDocument.Faults(typeof(HouseOptions), Complete));

    [Theory]
    [InlineData("| `Cancela:Window:Panes` | count | 2 | How many. |", "", "Cancela:Window:Panes has no row")]
    [InlineData("| 2 |", "| 3 |", "the default is 2")]
    [InlineData("| 7 d |", "| 168 h |", "the default is 7 d")]
    [InlineData("| none; made", "| made", "the default is none")]
    [InlineData("`red`, ", "", "Red is not among the values")]
    [InlineData("How many.", "", "a cell is empty")]
    [InlineData("Window:Panes", "Window:Glass", "is no setting of ours")]
    [InlineData("`read, write`", "`read`", "Cancela:Roles")]
    [InlineData("`two, three`", "`two`", "Cancela:Keys")]
    [InlineData("| 64 × cores", "| 65 × cores", "Cancela:Window:Queue")]
    public void A_difference_is_found(string written, string instead, string fault)
    {
        var markdown = Complete.Replace(written, instead, StringComparison.Ordinal);
        Assert.NotEqual(Complete, markdown);
        Assert.Contains(SettingsDocument.Faults(typeof(HouseOptions), markdown), found => found.Contains(fault, StringComparison.Ordinal));
    }

    private enum Colour
    {
        Red,
        DarkBlue,
    }

    private sealed class HouseOptions
    {
        public string Name { get; set; } = "cancela";
        public string? Secret { get; set; }
        public Colour Colour { get; set; } = Colour.DarkBlue;
        public IList<string> Friends { get; } = [];
        public IDictionary<string, string[]> Roles { get; } = new Dictionary<string, string[]> { ["USER"] = ["read"], ["ADMIN"] = ["read", "write"] };
        public KeyOptions Keys { get; } = new();
        public WindowOptions Window { get; } = new();
        public string Derived => Name + "!";
    }

    private sealed class KeyOptions
    {
        public IDictionary<string, string[]> Doors { get; } = new Dictionary<string, string[]> { ["front"] = ["two", "three"] };
    }

    private sealed class WindowOptions
    {
        public int Hands { get; set; } = Environment.ProcessorCount;
        public int Queue { get; set; } = 64 * Environment.ProcessorCount;
        public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(7);
        public TimeSpan Grace { get; set; } = TimeSpan.FromMilliseconds(1500);
        public int? Panes { get; set; } = 2;
        public bool Open { get; set; } = true;
    }
}
