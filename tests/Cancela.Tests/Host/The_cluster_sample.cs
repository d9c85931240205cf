using System.Net;
using System.Text.RegularExpressions;
using Cancela.Tests.House;
using Cancela.Tests.Servers;
using Xunit;

namespace Cancela.Tests.Host;

/// <summary><c>samples/cluster</c>: three nodes behind nginx, on one PostgreSQL and one Redis, started as its reader would start them.</summary>
public sealed partial class The_cluster_sample
{
    private static readonly string Script = Path.Combine(Repository.Root, "samples", "cluster", "run");

    [Fact]
    public async Task A_logout_on_one_node_is_refused_on_another_and_a_signal_stops_all_of_it()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        Assert.SkipUnless(NginxServer.IsInstalled, NginxServer.Missing);
        var folder = Directory.CreateTempSubdirectory("cancela-cluster-").FullName;
        using var sample = await GuardedProcess.StartAsync(folder, ["bash", Script, $"{LoopbackPort.Free()}"], "Ctrl+C stops all of it");
        using var nginx = ClientOf("nginx", sample);
        using var one = ClientOf("node1", sample);
        using var three = ClientOf("node3", sample);
        await nginx.RegisterAsync(Person.Ada);
        await nginx.LoginAsync(Person.Ada);
        foreach (var (name, value) in nginx.Cookies) one.Cookies[name] = three.Cookies[name] = value;
        (await three.GetAsync("/auth/me")).Expect(200);
        var servers = Processes.Children(sample.Pid);
        Assert.Equal(6, servers.Count);

        (await one.PostAsync("/auth/logout")).Expect(204);
        await UntilRefusedAsync(three);

        await sample.StopAsync(Processes.Terminate);
        Assert.EndsWith("All is stopped.", sample.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.All(servers, pid => Assert.False(Processes.IsRunning(pid)));
        Assert.False(Directory.Exists(Path.GetDirectoryName(Logs().Match(sample.Output).Groups[1].Value)));
        Directory.Delete(folder);
    }

    [Fact]
    public void Its_files_name_no_setting_that_is_none()
    {
        var settings = MarkdownTable.Rows(Repository.Read("docs/options.md"), "setting")
            .Concat(MarkdownTable.Rows(Repository.Read("docs/options.md"), "setting of the server")).Select(row => row[0].Trim('`')).ToHashSet();
        var named = new[] { "run", "compose.yaml" }.SelectMany(file => Variable().Matches(Repository.Read($"samples/cluster/{file}")))
            .Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(["Cancela:Database", "Cancela:Redis", "Cancela:Signing:Secret", "Cancela:TrustedProxies"], named.Order());
        Expect.None(named.Where(name => !settings.Contains(name)));
    }

    // Refused by the doorbell in a moment, by the poll in a quarter of a second, and by the promise in two: asked that long and no longer.
    private static async Task UntilRefusedAsync(TestClient client)
    {
        var acknowledged = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(acknowledged) < TimeSpan.FromSeconds(2))
        {
            if ((await client.GetAsync("/auth/me")).Status == HttpStatusCode.Unauthorized) break;
        }
        (await client.GetAsync("/auth/me")).Expect(401, "session_invalid");
    }

    private static TestClient ClientOf(string name, GuardedProcess sample) =>
        new(new Uri(Regex.Match(sample.Output, $@"^{name} +(http://\S+)$", RegexOptions.Multiline).Groups[1].Value));

    [GeneratedRegex(@"^logs +(\S+)$", RegexOptions.Multiline)]
    private static partial Regex Logs();

    // An entry of a list is that list's.
    [GeneratedRegex(@"\bCancela__[A-Za-z]+(?:__[A-Za-z]+)*")]
    private static partial Regex Variable();
}
