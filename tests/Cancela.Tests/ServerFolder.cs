namespace Cancela.Tests;

/// <summary>An empty folder to start servers in, and the variables they see.</summary>
internal sealed class ServerFolder : IDisposable
{
    public ServerFolder(string environment = "Production", bool withSecret = true)
    {
        Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        Environment["Cancela__Signing__Secret"] = withSecret ? TestSecret.Value : null;
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("cancela-server-").FullName;

    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>The database, past the server.</summary>
    public RawSql Sql => new(System.IO.Path.Combine(Path, "data", "cancela.db"));

    public Task<ServerProcess> StartAsync(params string[] arguments) => ServerProcess.StartAsync(Path, arguments, Environment);

    public Task<Ended> RunAsync(string[] arguments, string? input = null, TimeSpan? longest = null) => ServerProcess.RunAsync(Path, arguments, Environment, input, longest);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
