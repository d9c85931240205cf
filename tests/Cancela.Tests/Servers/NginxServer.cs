namespace Cancela.Tests.Servers;

/// <summary>nginx with a configuration of the test's own, past the one of the machine.</summary>
internal sealed class NginxServer : LoopbackServer
{
    /// <summary>Why a test is skipped.</summary>
    public const string Missing = "nginx is not here: on Debian or Ubuntu, apt-get install nginx.";

    private static readonly string? Program = Programs.Find("nginx");
    private static readonly string[] Temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

    private NginxServer() : base(Directory.CreateTempSubdirectory("cancela-nginx-").FullName, "start worker process ")
    {
    }

    public static bool IsInstalled => Program is not null;

    public Uri Address => new($"http://127.0.0.1:{Port}");

    protected override IEnumerable<string> Command => [Program!, "-p", Folder, "-e", "stderr", "-c", Settings];

    private string Settings => Path.Combine(Folder, "nginx.conf");

    /// <param name="http">What stands between the braces of <c>http</c>, for the port that it is to listen on.</param>
    public static async Task<NginxServer> StartAsync(Func<int, string> http)
    {
        var server = new NginxServer();
        await File.WriteAllTextAsync(server.Settings,
            $$"""
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr notice;
            events { worker_connections 1024; }
            http {
            access_log off;
            {{string.Join('\n', Temporary.Select(kind => $"{kind}_temp_path {kind};"))}}
            {{http(server.Port)}}
            }
            """);
        return await StartedAsync(server);
    }
}
