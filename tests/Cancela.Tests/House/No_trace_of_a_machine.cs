using System.Text.RegularExpressions;
using Xunit;

namespace Cancela.Tests.House;

/// <summary>A clone builds anywhere: nothing in it names the folders or the package mirror of whoever wrote it.</summary>
public sealed partial class No_trace_of_a_machine
{
    [Fact]
    public void No_file_names_a_registry_or_a_folder_of_somebodys_machine() =>
        Expect.None(Repository.Files.Where(IsText).SelectMany(Traces));

    [Theory]
    [InlineData("\"resolved\": \"https://regi" + "stry.example.org/jose.tgz\"")]
    [InlineData("<add key=\"feed\" value=\"https://api.nu" + "get.org/v3/index.json\" />")]
    [InlineData("http://localhost:4873/npm-regi" + "stry/")]
    [InlineData("cd /ro" + "ot/cancela")]
    [InlineData("\"/ho" + "me/ada/cancela/data\"")]
    [InlineData("see /wo" + "rk/notes.md")]
    [InlineData(@"C:\Us" + @"ers\ada")]
    public void A_trace_is_found(string text) => Assert.NotEmpty(Traces(new SourceFile("a.json", text)));

    [Theory]
    [InlineData("\"integrity\": \"sha512-abc\"")]
    [InlineData("https://example.org/home/page and ./root/x and docs/work/y")]
    public void Other_text_is_not(string text) => Assert.Empty(Traces(new SourceFile("a.json", text)));

    private static IEnumerable<string> Traces(SourceFile file) =>
        Trace().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}");

    private static bool IsText(SourceFile file) => !file.Text.Contains('\0');

    [GeneratedRegex(@"https?://[^\s""'\\]*(?:registry|nuget)[^\s""'\\]*|(?<![\w.:/~-])/(?:root|home|work|Users)/\w[^\s""']*|\b[A-Z]:\\Users\\\w+", RegexOptions.IgnoreCase)]
    private static partial Regex Trace();
}
