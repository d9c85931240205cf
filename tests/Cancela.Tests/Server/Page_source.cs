using System.Text.RegularExpressions;
using Cancela.Tests.House;
using Xunit;

namespace Cancela.Tests.Server;

/// <summary>The pages as they are written: what the content security policy forbids is not there, and password managers find their way.</summary>
public sealed partial class Page_source
{
    private const string Folder = "src/Cancela.Server/Pages/";

    private static readonly IReadOnlyList<SourceFile> Pages = [.. Repository.Files.Where(file => file.Path.StartsWith(Folder, StringComparison.Ordinal))];

    private static IEnumerable<SourceFile> Html => Pages.Where(file => file.Path.EndsWith(".html", StringComparison.Ordinal));

    private static IEnumerable<SourceFile> Scripts => Pages.Where(file => file.Path.EndsWith(".js", StringComparison.Ordinal));

    [Fact]
    public void There_are_pages_and_scripts()
    {
        Assert.Equal(3, Html.Count());
        Assert.Equal(5, Scripts.Count());
    }

    [Fact]
    public void No_page_holds_code_or_style_of_its_own() =>
        Expect.None(Html.SelectMany(file => Inline().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}")));

    [Fact]
    public void No_script_writes_markup_or_runs_text() =>
        Expect.None(Scripts.SelectMany(file => Dangerous().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}")));

    [Fact]
    public void No_page_fetches_from_elsewhere() =>
        Expect.None(Pages.Where(file => !file.Path.EndsWith(".svg", StringComparison.Ordinal) && !file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => Elsewhere().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}")));

    [Fact]
    public void Every_password_is_masked_and_says_whether_it_is_the_present_or_a_new_one() =>
        Expect.None(Inputs().Where(input => input.Name.Contains("password", StringComparison.Ordinal))
            .Where(input => input.Type != "password" || input.Autocomplete is not ("current-password" or "new-password"))
            .Select(input => input.Text));

    [Fact]
    public void Every_address_is_offered_as_the_name_to_sign_in_with() =>
        Expect.None(Inputs().Where(input => input.Name is "email" or "username").Where(input => input.Autocomplete != "username").Select(input => input.Text));

    [Fact]
    public void Signing_out_is_a_visible_POST() =>
        Expect.None(Html.Where(file => !file.Path.EndsWith("index.html", StringComparison.Ordinal))
            .Where(file => !file.Text.Contains("method=\"post\" action=\"/auth/logout\"", StringComparison.Ordinal)).Select(file => file.Path));

    [Fact]
    public void Every_word_stands_in_both_languages()
    {
        var languages = Repository.Read(Folder + "words.js").Split("\n  en: {");
        var (portuguese, english) = (Names(languages[0]), Names(languages[1].Split("\n  },")[0]));
        Assert.NotEmpty(english);
        Assert.Equal(english.Order(), portuguese.Order());
        var used = Html.SelectMany(file => Spoken().Matches(file.Text)).Concat(Scripts.SelectMany(file => Word().Matches(file.Text)))
            .Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Empty(used.Except(english));
        Assert.Empty(english.Except(used));
    }

    private static List<string> Names(string text) => [.. Entry().Matches(text).Select(match => match.Groups[1].Value)];

    private static IEnumerable<(string Text, string Name, string Type, string Autocomplete)> Inputs()
    {
        var all = Html.SelectMany(file => Input().Matches(file.Text).Select(match => match.Value)).ToList();
        Assert.NotEmpty(all);
        return all.Select(input => (input, Attribute(input, "name"), Attribute(input, "type"), Attribute(input, "autocomplete")));
    }

    private static string Attribute(string input, string name) => Regex.Match(input, $"\\s{name}=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("""<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son\w+=|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|localStorage|sessionStorage")]
    private static partial Regex Dangerous();

    [GeneratedRegex("https?://|[\"']//")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("data-text=\"(\\w+)\"")]
    private static partial Regex Spoken();

    [GeneratedRegex(@"\bwords\.(\w+)\b(?<!words\.js)")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?:^|[\s,{])(\w+): '", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
