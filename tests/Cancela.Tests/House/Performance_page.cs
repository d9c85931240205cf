using Cancela.Bench.Kept;
using Xunit;

namespace Cancela.Tests.House;

/// <summary>The page of figures is made of the kept results: nobody writes a figure by hand.</summary>
public sealed class Performance_page
{
    private static readonly SectionResult Section = new("Locks", "2026-01-02 03:04", "2 cores, X64", "0.10",
        [new("turning a key", "12 ns", "<= 10 ns", ResultRow.IsMissed, "missed in 2 attempts"), new("looking | at it", "3 ns", ResultRow.NoTarget, "", "")]);

    [Fact]
    public void It_says_what_the_results_say()
    {
        var kept = new KeptResults(Repository.Root).All();
        Assert.NotEmpty(kept);
        Assert.True(PerformancePage.Of(kept) == Repository.Read(PerformancePage.Path), $"{PerformancePage.Path} is not what benchmarks/results say: ./bench --page writes it.");
    }

    [Fact]
    public void What_is_missed_stands_first_and_in_its_section()
    {
        var page = PerformancePage.Of([Section]);
        Assert.Contains("\n2 figures, 1 missed:\n", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("| turning a key | 12 ns | <= 10 ns | MISSED | missed in 2 attempts |").Length - 1);
        Assert.Contains("| looking \\| at it | 3 ns | - |  |  |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_replaces_its_own_sections_and_what_no_section_keeps_any_more()
    {
        var folder = Directory.CreateTempSubdirectory("cancela-results-").FullName;
        try
        {
            var kept = new KeptResults(folder);
            Assert.Empty(kept.All());
            kept.Keep(Section);
            kept.Keep(Section with { Section = "Gates, of iron (two of them)" });
            kept.Keep(Section with { Load = "1.00" });
            Assert.Equal(["Gates, of iron (two of them)", "Locks"], kept.All().Select(static result => result.Section));
            Assert.Equal("1.00", kept.All()[1].Load);
            Assert.Equal(Section.Rows, kept.All()[0].Rows);
            kept.KeepOnly(["Gates, of iron (three of them)"]);
            Assert.Equal(["Gates, of iron (two of them)"], kept.All().Select(static result => result.Section));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
