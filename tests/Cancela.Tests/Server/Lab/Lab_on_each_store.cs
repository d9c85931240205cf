using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cancela.Server.Lab;
using Xunit;

namespace Cancela.Tests.Server.Lab;

/// <summary>What a run hands out, whatever it ran on.</summary>
public abstract partial class Lab_on_each_store(LabRun run)
{
    private static readonly string[] Profiles = ["session", "jwt", "jwt-cookie", "refresh-denylist", "refresh-rotation"];

    internal LabReport Report => JsonSerializer.Deserialize(run.Json, LabJson.Default.LabReport)!;

    [Fact]
    public void It_refuses_to_run_beside_accounts_unless_told_to()
    {
        Assert.Equal(1, run.Refused.Code);
        Assert.Contains("--beside-accounts", Assert.Single(run.Refused.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(run.Refused.Output);
    }

    [Fact]
    public void It_prints_what_it_writes()
    {
        Assert.True(run.Ended.Code == 0, run.Ended.Errors);
        Assert.Equal(run.Json.TrimEnd(), run.Ended.Output.TrimEnd());
        Assert.Contains("(falta cerca de ", run.Ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void It_measures_each_of_the_five()
    {
        Assert.Equal(Profiles, Report.Strategies.Select(of => of.Profile));
        Assert.All(Report.Strategies, static of =>
        {
            Assert.InRange(of.Ratio, of.AuthenticatedPerSecond / of.AnonymousPerSecond - 0.001, of.AuthenticatedPerSecond / of.AnonymousPerSecond + 0.001);
            Assert.True(of.AnonymousPerSecond > 100 && of.AuthenticatedPerSecond > 100 && of.LoginsPerSecond > 1);
            Assert.InRange(of.CpuMicroseconds.Anonymous, 1, 10_000);
            Assert.InRange(of.CpuMicroseconds.Authenticated, 1, 10_000);
            Assert.All(new[] { of.LatencyMicroseconds.Anonymous, of.LatencyMicroseconds.Authenticated }, static latency =>
            {
                Assert.True(latency.P50 <= latency.P90 && latency.P90 <= latency.P99 && latency.P99 <= latency.P999 && latency.P999 <= latency.Max);
                Assert.Equal(latency.Count, latency.Histogram.Sum(bucket => bucket.Count));
                Assert.True(latency.Histogram[^1].UpToMicroseconds >= latency.Max - 0.1);
            });
            Assert.True(of.RevocationDelayMs.P50 > 0 && of.RevocationDelayMs.P50 <= of.RevocationDelayMs.P99 && of.RevocationDelayMs.P99 <= of.RevocationDelayMs.Max);
        });
    }

    [Theory]
    [InlineData("session", 3, null, 2)]
    [InlineData("jwt", 3, null, 3)]
    [InlineData("jwt-cookie", 3, null, 2)]
    [InlineData("refresh-denylist", 3, 0, 2)]
    [InlineData("refresh-rotation", 3, 1, 2)]
    public void Round_trips_are_those_of_the_strategys_page(string profile, int signIn, int? renewal, int signOut)
    {
        var of = Of(profile).StoreRoundTrips;
        Assert.Equal(signIn, of.SignIn.Statements);
        Assert.Equal(0, of.AuthenticatedRequest.Statements);
        Assert.Equal(renewal, of.Renewal?.Statements);
        Assert.Equal(signOut, of.SignOut.Statements);
        Assert.Equal(Report.Stores.Redis ? 0 : null, of.AuthenticatedRequest.Redis);
        Assert.Equal(renewal is null, Of(profile).RefreshesPerSecond is null);
    }

    [Theory]
    [InlineData("session", 0)]
    [InlineData("jwt", 24 * 3600)]
    [InlineData("jwt-cookie", 24 * 3600)]
    [InlineData("refresh-denylist", 15 * 60)]
    [InlineData("refresh-rotation", 30 * 60)]
    public void The_plain_form_is_the_tokens_life(string profile, double seconds)
    {
        Assert.Equal(seconds, Of(profile).PlainForm.RevocationDelaySeconds);
        Assert.True(Of(profile).Bytes.CredentialPerRequest > (profile == "session" ? 40 : 500));
    }

    [Fact]
    public void The_table_of_the_page_says_what_the_JSON_says()
    {
        using var json = JsonDocument.Parse(run.Json);
        var cells = Cell().Matches(run.Page);
        Assert.True(cells.Count >= Profiles.Length * 20);
        Assert.All(cells, cell =>
        {
            var at = json.RootElement;
            foreach (var step in cell.Groups["path"].Value.Split('.'))
            {
                if (at.ValueKind == JsonValueKind.Null) break; // There is no renewal, and so no figure of one.
                at = at.ValueKind == JsonValueKind.Array ? at[int.Parse(step)] : at.GetProperty(step);
            }
            if (cell.Groups["value"] is { Success: true } value) Assert.Equal(at.GetDouble(), double.Parse(value.Value, CultureInfo.InvariantCulture));
            else Assert.Equal(JsonValueKind.Null, at.ValueKind);
        });
    }

    [Fact]
    public void The_page_holds_the_JSON_and_asks_nobody_for_anything()
    {
        Assert.Equal(run.Json.TrimEnd(), Data().Match(run.Page).Groups[1].Value);
        Assert.Equal(["http://www.w3.org/2000/svg"], Address().Matches(run.Page).Select(match => match.Value).Distinct());
        var policy = Policy().Match(run.Page).Groups[1].Value;
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        foreach (var element in new[] { "style", "script" })
        {
            var text = Regex.Match(run.Page, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value;
            Assert.Contains($"{element}-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'", policy, StringComparison.Ordinal);
        }
        Assert.DoesNotMatch("innerHTML|\\sstyle=|\\son\\w+=", run.Page);
    }

    [Fact]
    public void It_touches_nothing_that_was_there()
    {
        Assert.Contains(Person.Ada, run.Before, StringComparison.Ordinal);
        Assert.Equal(run.Before, run.After);
    }

    [Fact]
    public void No_server_stays()
    {
        // The servers under test find their database by a variable of their environment.
        var mark = Encoding.UTF8.GetBytes(run.Settings is [var database, ..] ? database.Split(";Database=")[^1].Split(';')[0] + ";" : run.Folder.Path);
        foreach (var process in Directory.GetDirectories("/proc").Where(static folder => int.TryParse(Path.GetFileName(folder), out _)))
            Assert.False(IsServerUnderTest(process) && Read(Path.Combine(process, "environ")).AsSpan().IndexOf(mark) >= 0, $"{process} stayed");
    }

    private LabFigures Of(string profile) => Report.Strategies.Single(of => of.Profile == profile);

    private static bool IsServerUnderTest(string process) => Encoding.UTF8.GetString(Read(Path.Combine(process, "cmdline"))).Contains("lab-server", StringComparison.Ordinal);

    private static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // It has ended meanwhile.
        }
    }

    [GeneratedRegex("(?:<data value=\"(?<value>[^\"]+)\"|<td) data-path=\"(?<path>[^\"]+)\"")]
    private static partial Regex Cell();

    [GeneratedRegex("<script type=\"application/json\" id=\"report\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("https?://[^\\s\"'<]+")]
    private static partial Regex Address();

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]+)\"")]
    private static partial Regex Policy();
}

[Collection(LabRun.OneAtATime)]
public sealed class Lab_on_SQLite(SqliteLabRun run) : Lab_on_each_store(run), IClassFixture<SqliteLabRun>
{
    private readonly SqliteLabRun _run = run;

    [Fact]
    public void Its_folder_and_what_a_killed_run_left_are_gone() => Assert.False(Directory.Exists(Path.Combine(_run.Folder.Path, "data", "cancela-lab")));

    [Fact]
    public void It_says_that_the_same_node_refused() => Assert.Contains("\"at\": \"same_node\"", _run.Json, StringComparison.Ordinal);
}

[Collection(LabRun.OneAtATime)]
public sealed class Lab_on_PostgreSQL_and_Redis(PostgresLabRun run) : Lab_on_each_store(run), IClassFixture<PostgresLabRun>
{
    private readonly PostgresLabRun _run = run;

    [Fact]
    public async Task Its_schemas_are_gone_and_no_other() => Assert.Equal("cancela_laboratory", await _run.SchemasAsync());

    [Fact]
    public async Task Its_keys_are_gone_and_no_other() => Assert.Equal("app:cancela:session:of-somebody", (await _run.KeysAsync()).Trim());

    [Fact]
    public void The_deployments_nodes_hear_no_doorbell() => Assert.Equal(0, _run.Rings);

    [Fact]
    public void Nodes_of_one_schema_hear_each_other() =>
        // At the next poll half of them would take longer than 125 ms.
        Assert.All(Report.Strategies, static of => Assert.True(of.RevocationDelayMs.P50 < 100, $"{of.Profile}: {of.RevocationDelayMs.P50} ms"));

    [Fact]
    public void It_says_that_another_node_refused() => Assert.Contains("\"at\": \"another_node\"", _run.Json, StringComparison.Ordinal);
}
