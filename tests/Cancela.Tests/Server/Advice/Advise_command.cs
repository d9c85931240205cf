using System.Text.Json;
using Cancela.Server.Lab;
using Cancela.Tests.Servers;
using Xunit;

namespace Cancela.Tests.Server.Advice;

/// <summary><c>cancela advise</c>, as a process.</summary>
public sealed class Advise_command : IDisposable
{
    private readonly ServerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_answers_in_Portuguese_unless_another_language_is_set()
    {
        Assert.StartsWith("Estratégia", (await Answered("--clients", "spa-same-origin")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Strategy", (await Answered("--clients", "spa-same-origin", "--language", "en")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Strategy", (await Answered("--clients", "spa-same-origin", "--Cancela:Language=en")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Estratégia", (await Answered("--clients", "spa-same-origin", "--Cancela:Language=en", "--language", "pt-BR")).Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Its_text_has_all_that_was_asked_for()
    {
        var text = (await Answered("--clients", "spa-same-origin,mobile", "--sign-in", "google", "--language", "en")).Output;
        foreach (var part in (string[])
        [
            "POST /auth/login  session", "POST /auth/token  refresh-rotation", "same-origin", "\"Browser\": \"session\"", "export Cancela__Browser=session", "export Cancela__Signing__Secret=",
            "What is given up", "Not in this version", "Sign-in with Google", "browser → api", "browser: session-cookie. Only Cancela reads the cookie",
        ]) Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_says_to_paste_starts_a_server_that_hands_it_out()
    {
        var ended = await Answered("--clients", "spa-same-origin,mobile", "--live-sessions", "500000", "--json");
        using var answer = JsonDocument.Parse(ended.Output);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "appsettings.json"), answer.RootElement.GetProperty("settings").GetProperty("appsettings").GetRawText());
        await using var server = await _folder.StartAsync();
        using var client = new TestClient(server.Address);
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        Assert.Equal("session", (await client.GetAsync("/auth/me")).Expect(200).Json.GetProperty("session").GetProperty("strategy").GetString());
        client.Cookies.Clear();
        Assert.True((await client.TokenAsync(Person.Ada)).Json.TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task Its_JSON_says_what_its_text_says()
    {
        using var json = JsonDocument.Parse((await Answered("--clients", "server", "--validation", "services", "--language", "en", "--json")).Output);
        var answer = json.RootElement;
        Assert.Equal(1, answer.GetProperty("version").GetInt32());
        Assert.Equal("en", answer.GetProperty("language").GetString());
        Assert.Equal("server", answer.GetProperty("answers").GetProperty("clients")[0].GetString());
        Assert.Equal("nothing", answer.GetProperty("answers").GetProperty("existing")[0].GetString());
        Assert.Equal("jwt", answer.GetProperty("strategy").GetProperty("token").GetProperty("strategy").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("strategy").GetProperty("browser").ValueKind);
        Assert.Equal("introspection", answer.GetProperty("topology").GetProperty("name").GetString());
        Assert.Equal(2, answer.GetProperty("topology").GetProperty("exchanges").GetArrayLength());
        Assert.Equal("orders", answer.GetProperty("settings").GetProperty("appsettings").GetProperty("Cancela").GetProperty("Clients")[0].GetProperty("Id").GetString());
        Assert.Contains(answer.GetProperty("not_in_this_version").EnumerateArray(), static lack => lack.GetString()!.StartsWith("AddCancelaValidation", StringComparison.Ordinal));
        Assert.Contains(answer.GetProperty("because").EnumerateArray(), static rule => rule.GetProperty("rule").GetString() == "services-ask");
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("figures").ValueKind);
    }

    [Theory]
    [InlineData("use --clients (spa-same-origin", "--language", "en")]
    [InlineData("use --clients (spa-same-origin", "--json", "--language", "en")]
    [InlineData("'fax' is no answer to --clients", "--clients", "fax", "--language", "en")]
    [InlineData("'fax' não é resposta a --clients", "--clients", "fax")]
    [InlineData("say --validation services or gateway", "--existing", "jwt-consumers", "--language", "en")]
    [InlineData("digits only", "--live-sessions", "many", "--language", "en")]
    [InlineData("The language is pt-BR or en", "--clients", "mobile", "--language", "fr")]
    [InlineData("there.json cannot be read", "--clients", "mobile", "--figures", "not/there.json", "--language", "en")]
    public async Task What_cannot_be_answered_ends_with_2_and_one_sentence(string sentence, params string[] arguments)
    {
        var ended = await _folder.RunAsync(["advise", .. arguments]);
        Assert.Equal((2, ""), (ended.Code, ended.Output));
        Assert.Contains(sentence, Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Figures_of_the_lab_stand_beside_it_with_their_date_and_the_runner_up()
    {
        var report = JsonSerializer.Serialize(Report.Of(new DateTimeOffset(2030, 1, 31, 12, 0, 0, TimeSpan.Zero)), LabJson.Default.LabReport);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "cancela-lab.json"), report);
        var text = (await Answered("--clients", "spa-same-origin", "--language", "en")).Output;
        Assert.Contains("Measured by cancela lab on 2030-01-31 12:00:00Z, 2 × X64, PostgreSQL 15.1, Redis 7.0", text, StringComparison.Ordinal);
        Assert.Matches(@"session +advised +0\.91 +61 +110 +1 +2", text);
        Assert.Matches(@"jwt-cookie +runner-up +0\.93 +63 +130 +3 +6", text);

        using var json = JsonDocument.Parse((await Answered("--clients", "mobile", "--json", "--figures", "cancela-lab.json")).Output);
        var figures = json.RootElement.GetProperty("figures").GetProperty("strategies");
        Assert.Equal(["refresh-rotation", "refresh-denylist"], figures.EnumerateArray().Select(static one => one.GetProperty("strategy").GetString()));
        Assert.Equal(0.95, figures[0].GetProperty("ratio").GetDouble(), 3);
    }

    [Theory]
    [InlineData("{}", "is no report of cancela lab")]
    [InlineData("[1]", "is no report of cancela lab")]
    [InlineData("not JSON", "is no report of cancela lab")]
    [InlineData("", "is no report of cancela lab")]
    [InlineData("""{"version": 1}""", "is no report of cancela lab")]
    [InlineData("""{"version": 1, "strategies": []}""", "is no report of cancela lab")]
    [InlineData("""{"version": 2, "anything": "else"}""", "is of version 2; this reads 1")]
    public async Task A_report_that_cannot_be_read_is_an_error_and_no_answer_without_figures(string text, string sentence)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "cancela-lab.json"), text);
        var ended = await _folder.RunAsync(["advise", "--clients", "mobile", "--language", "en"]);
        Assert.Equal((2, ""), (ended.Code, ended.Output));
        Assert.Contains(sentence, ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"1,4






", "refresh-rotation")]
    [InlineData(@"server






", "jwt")]
    public async Task At_a_terminal_it_asks(string typed, string token)
    {
        Assert.SkipUnless(Programs.Find("script") is not null, "script is not here: on Debian or Ubuntu, apt-get install bsdutils.");
        var program = Path.Combine(AppContext.BaseDirectory, "Cancela.Server.dll");
        var seen = await Programs.RunAsync(["bash", "-c", $"printf '{typed}' | script -qec 'dotnet {program} advise --language en' /dev/null"]);
        Assert.Contains("Who shows credentials to Cancela?", seen, StringComparison.Ordinal);
        Assert.Contains($"POST /auth/token  {token}", seen, StringComparison.Ordinal);
    }

    private async Task<Ended> Answered(params string[] arguments)
    {
        var ended = await _folder.RunAsync(["advise", .. arguments]);
        Assert.True(ended.Code == 0, $"{string.Join(' ', arguments)} ended with {ended.Code}: {ended.Errors}");
        Assert.Empty(ended.Errors);
        return ended;
    }
}
