using Cancela.Sql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cancela.Bench;

/// <summary>A host as a user of the library writes it: one endpoint for everybody, the same one behind the gate, and a count of statements.</summary>
internal static class LoopbackServer
{
    public const string Open = "/open";
    public const string Closed = "/closed";
    public const string Statements = "/statements";

    public static async Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        // A line for each request would be what is measured.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.Services.AddCancela().UseSqlite("data/cancela.db");
        var app = builder.Build();
        app.MapCancela();
        app.MapGet(Open, static () => Results.Text("hello"));
        app.MapGet(Closed, static () => Results.Text("hello")).RequireAuthorization();
        app.MapGet(Statements, static (Database database) => Results.Text($"{database.Statements}"));
        await app.RunAsync();
    }
}
