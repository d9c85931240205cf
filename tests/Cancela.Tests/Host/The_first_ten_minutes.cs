using Cancela.Tests.House;
using Xunit;

namespace Cancela.Tests.Host;

/// <summary>What the README prints is what happens.</summary>
public sealed class The_first_ten_minutes
{
    private const string Printed = "http://localhost:5080";

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/start.md")]
    public async Task The_printed_shell_session_runs_as_printed(string document)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The session is written for bash.");
        using var folder = new ServerFolder("Development", withSecret: false);
        await using var server = await folder.StartAsync();
        var sessions = MarkdownCode.Blocks(Repository.Read(document), "bash");
        Assert.NotEmpty(sessions);
        foreach (var session in sessions)
        {
            Assert.Contains(Printed, session, StringComparison.Ordinal);
            Expect.None(await PrintedSession.FaultsAsync(session.Replace(Printed, server.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal), folder.Path));
        }
    }

    [Theory]
    [InlineData("echo one\n#> one", 0)]
    [InlineData("echo one two three\n#> one … three", 0)]
    [InlineData("echo one; echo two\n#> one\n#> two", 0)]
    [InlineData("echo one\n#> two", 1)]
    [InlineData("echo one\n#> one\necho two\n#> three", 1)]
    [InlineData("echo one and more\n#> one", 1)]
    [InlineData("false\necho one\n#> one", 2)]
    [InlineData("echo $unset\n#> …", 2)]
    public async Task A_session_that_prints_something_else_is_found(string session, int faults)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The session is written for bash.");
        var folder = Directory.CreateTempSubdirectory("cancela-session-").FullName;
        Assert.Equal(faults, (await PrintedSession.FaultsAsync(session, folder)).Count);
        Directory.Delete(folder, recursive: true);
    }
}
