using System.Text.RegularExpressions;
using Xunit;

namespace Cancela.Tests.House;

public sealed partial class No_shortcuts
{
    [Fact]
    public void The_source_has_none() =>
        Expect.None(Repository.Code("src", "tests", "benchmarks", "samples").SelectMany(Shortcuts.Faults));

    [Theory]
    [InlineData("// TO" + "DO: later")]
    [InlineData("throw new NotImplemented" + "Exception();")]
    [InlineData("try { Go(); } catch { }")]
    [InlineData("try { Go(); } catch (Exception) { }")]
    [InlineData("try { Go(); } catch (Exception e)\n{\n    // whatever\n}")]
    [InlineData("try { Go(); } catch (IOException) { }")]
    [InlineData("try { Go(); } catch (IOException e) when (e.Message != \"\") { }")]
    [InlineData("#pragma warning disable RS0030")]
    [InlineData("Thread.Sleep(5);")]
    [InlineData("await Task.Delay(5);")]
    public void A_shortcut_is_found(string text) => Assert.NotEmpty(Shortcuts.Faults(new SourceFile("tests/X.cs", text)));

    [Theory]
    [InlineData("try { Go(); } catch (OperationCanceledException)\n{\n    // The host is stopping.\n}")]
    [InlineData("try { Go(); } catch (Exception e) { Log(e); }")]
    [InlineData("// nothing here calls Thread.Sleep(5)")]
    public void Clean_code_is_not(string text) => Assert.Empty(Shortcuts.Faults(new SourceFile("tests/X.cs", text)));

    [Fact]
    public void The_library_references_no_package()
    {
        Assert.DoesNotContain("PackageReference", WithoutComments(Repository.Read("src/Cancela/Cancela.csproj")), StringComparison.Ordinal);
        Assert.Equal(["Microsoft.CodeAnalysis.BannedApiAnalyzers"], DirectDependencies(Repository.Read("src/Cancela/packages.lock.json")));
    }

    [Fact]
    public void Every_project_is_under_the_banned_symbols()
    {
        var shared = WithoutComments(Repository.Read("Directory.Build.props"));
        Assert.Contains("<AdditionalFiles Include=\"$(MSBuildThisFileDirectory)BannedSymbols.txt\" />", shared, StringComparison.Ordinal);
        Assert.Contains("<PackageReference Include=\"Microsoft.CodeAnalysis.BannedApiAnalyzers\"", shared, StringComparison.Ordinal);
        Assert.Single(Repository.Files, file => file.Path.EndsWith("Directory.Build.props", StringComparison.Ordinal));
        Assert.DoesNotContain(Repository.Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)), Escapes);
        Assert.DoesNotContain("RS0030.severity = none", Repository.Read(".editorconfig"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_switched_off_has_its_reason_beside_it()
    {
        var lines = new SourceFile(".editorconfig").Lines;
        Expect.None(lines.Where((line, at) => SwitchedOff().Match(line) is { Success: true } rule && !IsExplained(lines, at, rule.Groups[1].Value)));
    }

    private static bool Escapes(SourceFile project) =>
        project.Text.Contains("ImportDirectoryBuildProps", StringComparison.Ordinal) || project.Text.Contains("RS0030", StringComparison.Ordinal)
        || project.Text.Contains("AdditionalFiles Remove", StringComparison.Ordinal) || project.Text.Contains("RunAnalyzers", StringComparison.Ordinal);

    // The comment names the rule, directly above it or above the group that it belongs to.
    private static bool IsExplained(string[] lines, int at, string rule) =>
        lines[..at].Reverse().TakeWhile(line => line.StartsWith('#') || SwitchedOff().IsMatch(line))
            .Any(line => line.StartsWith('#') && line.Contains(rule, StringComparison.Ordinal));

    private static string WithoutComments(string xml) => Comment().Replace(xml, "");

    private static IEnumerable<string> DirectDependencies(string lockFile) =>
        Direct().Matches(lockFile).Select(match => match.Groups[1].Value).Where(name => name != "Microsoft.NET.ILLink.Tasks");

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("\"([\\w.]+)\": \\{\\s*\"type\": \"Direct\"")]
    private static partial Regex Direct();

    [GeneratedRegex(@"^dotnet_diagnostic\.(\w+)\.severity = (?:none|suggestion|silent)")]
    private static partial Regex SwitchedOff();
}
