using System.Diagnostics;
using Xunit;

namespace Cancela.Tests.House;

/// <summary>What <c>./test</c> makes of the reports of its test runners.</summary>
public sealed class Closing_line : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cancela");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_counts_of_all_reports_are_added_up()
    {
        var (lines, status) = Tally(13, Report("a", passed: 10, skipped: 2), Report("b", passed: 3));
        Assert.Equal(["13 passed, 0 failed, 2 skipped"], lines);
        Assert.Equal(0, status);
    }

    [Fact]
    public void A_failed_test_fails_the_run()
    {
        var (lines, status) = Tally(10, Report("a", passed: 10, failed: 1));
        Assert.Equal("10 passed, 1 failed, 0 skipped", lines[^1]);
        Assert.Equal(1, status);
    }

    [Fact]
    public void An_error_outside_a_test_counts_as_a_failure()
    {
        var (lines, status) = Tally(10, Report("a", passed: 10, errors: 2));
        Assert.Equal("10 passed, 2 failed, 0 skipped", lines[^1]);
        Assert.Equal(1, status);
    }

    [Fact]
    public void Fewer_tests_than_expected_fail_the_run()
    {
        var (lines, status) = Tally(11, Report("a", passed: 10));
        Assert.Equal(["Expected at least 11 to pass (tests/minimum).", "10 passed, 0 failed, 0 skipped"], lines);
        Assert.Equal(1, status);
    }

    [Fact]
    public void Many_more_tests_than_expected_ask_for_a_new_minimum()
    {
        var (lines, status) = Tally(100, Report("a", passed: 120));
        Assert.Equal("There are more tests now: raise tests/minimum from 100 to 120.", lines[0]);
        Assert.Equal(0, status);
    }

    [Fact]
    public void A_project_that_ran_nothing_fails_the_run()
    {
        var (lines, status) = Tally(10, Report("a", passed: 10), Report("b", skipped: 3));
        Assert.Equal(["Ran nothing: b", "10 passed, 0 failed, 3 skipped"], lines);
        Assert.Equal(1, status);
    }

    [Fact]
    public void A_project_without_a_report_fails_the_run()
    {
        var (lines, status) = Tally(0, Report("a", passed: 10), Path.Combine(_folder.FullName, "b.xml"));
        Assert.Equal(["No report: b", "10 passed, 0 failed, 0 skipped"], lines);
        Assert.Equal(1, status);
    }

    [Fact]
    public void A_choice_that_fits_no_test_fails_the_run()
    {
        var (lines, status) = Tally(0, Report("a"));
        Assert.Equal(["No test ran.", "0 passed, 0 failed, 0 skipped"], lines);
        Assert.Equal(1, status);
    }

    private string Report(string name, int passed = 0, int failed = 0, int skipped = 0, int errors = 0)
    {
        var path = Path.Combine(_folder.FullName, name + ".xml");
        File.WriteAllText(path, $"""
            <?xml version="1.0" encoding="utf-8"?>
            <assemblies schema-version="3"><assembly name="/x/{name}.dll" environment="64-bit" total="{passed + failed + skipped}" passed="{passed}" failed="{failed}" skipped="{skipped}" not-run="0" errors="{errors}"><errors />
            <collection total="7" passed="7" failed="7" skipped="7" not-run="7" /></assembly></assemblies>
            """);
        return path;
    }

    private static (string[] Lines, int Status) Tally(int minimum, params string[] reports)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "tools/tally"), $"{minimum}", .. reports]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output.TrimEnd().Split('\n'), process.ExitCode);
    }
}
