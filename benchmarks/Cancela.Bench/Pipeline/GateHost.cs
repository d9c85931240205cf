using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cancela.Bench.Pipeline;

/// <summary>A host of one profile without a network, and somebody who signed in to it. It reads the log seldom, so that it does nothing by itself meanwhile.</summary>
internal sealed class GateHost : IAsyncDisposable
{
    private readonly string _folder;
    private readonly WebApplication _app;

    private GateHost(string folder, WebApplication app, BareServer server, (string Name, string Value) credential) => (_folder, _app, Server, Credential) = (folder, app, server, credential);

    public BareServer Server { get; }

    /// <summary>The header that shows the credential, as the client sends it.</summary>
    public (string Name, string Value) Credential { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<GateHost> StartAsync(string profile, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        var server = new BareServer();
        var app = LoopbackServer.Build(
            ["--environment=Production", $"--Cancela:Signing:Secret={Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}", "--Cancela:Limits:PerNetwork=0", $"--Cancela:Profile={profile}", "--Cancela:Revocation:MaxStaleness=00:05:00", "--Cancela:Revocation:PollInterval=00:02:30",
                $"--contentRoot={folder}", $"--Sqlite={Path.Combine(folder, "cancela.db")}", .. settings],
            services => services.AddLogging(static logging => logging.ClearProviders()).AddSingleton<IServer>(server));
        await app.StartAsync();
        return new GateHost(folder, app, server, await SignInAsync(profile, server));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<(string Name, string Value)> SignInAsync(string profile, BareServer server)
    {
        const string Email = "ada@example.com";
        var registered = await server.ReadAsync(new("POST", "/register", Body: $$"""{"email":"{{Email}}","password":"seven blue herons"}"""));
        if (registered.Status != 201) throw new InvalidOperationException(registered.Body);
        var path = profile is "session" or "jwt-cookie" ? LoopbackServer.Cookie : LoopbackServer.Token;
        var line = (await server.ReadAsync(new("GET", path, $"?email={Email}"))).Body.Split(": ", 2);
        return (line[0], line[1]);
    }
}
