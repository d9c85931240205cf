using Cancela.Sqlite;
using Microsoft.Data.Sqlite;

namespace Cancela.Tests.Server;

/// <summary>An empty folder to start servers in, and the variables they see.</summary>
internal sealed class ServerFolder : IDisposable
{
    public ServerFolder(string environment = "Production", bool withSecret = true)
    {
        Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        Environment["Cancela__Signing__Secret"] = withSecret ? TestSecret.Value : null;
        foreach (var name in new[] { "DOTNET_ENVIRONMENT", "ASPNETCORE_URLS", "DOTNET_URLS", "URLS" }) Environment[name] = null;
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("cancela-server-").FullName;

    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>One statement on the database, past the server.</summary>
    public object? Sql(string statement)
    {
        SqliteLibrary.Load();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = System.IO.Path.Combine(Path, "data", "cancela.db"), Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteScalar();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
