using System.Runtime;
using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Bench.SideBySide;
using Cancela.Bench.Throughput;
using Cancela.Gate;
using Cancela.Revocation;
using Cancela.Sql;
using Cancela.Strategies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cancela.Bench;

/// <summary>
/// A host as a user of the library writes it: one endpoint for everybody, the same one behind the gate, a count of statements, and
/// sign-ins without a password, for what needs many of them and measures something else.
/// </summary>
internal static class LoopbackServer
{
    public const string Open = "/open";
    public const string Closed = "/closed";
    public const string Statements = "/statements";

    /// <summary>How many methods were compiled until now.</summary>
    public const string Compiled = "/compiled";

    /// <summary>Of a host with one of <see cref="Alternatives"/>: the header line that shows a credential.</summary>
    public const string Credential = "/credential";

    /// <summary>Answers with the header line that shows a new session's cookie.</summary>
    public const string Cookie = "/cookie";

    /// <summary>Answers with the header line that shows a new session's access token.</summary>
    public const string Token = "/token";

    /// <summary>Answers with the refresh token of a new session.</summary>
    public const string Renewable = "/renewable";

    /// <param name="args">
    /// Settings, and <c>--Postgres</c> and <c>--Redis</c>, connection strings, or <c>--Sqlite</c>, a file; <c>--Doorbell=Redis</c>: of the doorbells only that one, or none
    /// that has no such name. Or <c>--Alternative</c>, one of <see cref="Alternatives"/>, or what else is compared with us, and nothing of ours.
    /// </param>
    public static async Task RunAsync(string[] args)
    {
        await using var app = Build(args);
        app.MapGet(Compiled, static () => Results.Text($"{JitInfo.GetCompiledMethodCount()}"));
        await app.RunAsync();
    }

    /// <param name="args">Settings, as above.</param>
    /// <param name="services">Of the host's own.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        // A line for each request would be what is measured.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        if (builder.Configuration["Alternative"] is { } alternative) return Alternatives.Build(builder, alternative);
        if (builder.Configuration[PlainHashes.Setting] is not null) return PlainHashes.Build(builder);
        if (builder.Configuration[HandWrittenRefresh.Setting] is not null) return HandWrittenRefresh.Build(builder);
        Choose(builder.Services.AddCancela(), builder.Configuration);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapCancela();
        MapBoth(app);
        app.MapGet(Statements, static (Database database) => Results.Text($"{database.Statements}"));
        app.MapGet(Cookie, static async (HttpContext context, string email, CookieCarrier cookies, Slots slots) =>
        {
            var grant = await IssueAsync(context, email, slots.Browser);
            cookies.Write(context, grant.Credential, grant.ExpiresAt);
            return Results.Text($"Cookie: {context.Response.Headers.SetCookie.Single()!.Split(';')[0]}");
        });
        app.MapGet(Renewable, static async (HttpContext context, string email, Slots slots) => Results.Text((await IssueAsync(context, email, slots.Token)).RefreshToken));
        app.MapGet(Token, static async (HttpContext context, string email, Slots slots) =>
            Results.Text($"Authorization: Bearer {(await IssueAsync(context, email, slots.Token)).Credential}"));
        return app;
    }

    /// <summary>One endpoint for everybody, and the same one behind a credential.</summary>
    public static void MapBoth(WebApplication app)
    {
        app.MapGet(Open, static () => Results.Text("hello"));
        app.MapGet(Closed, static () => Results.Text("hello")).RequireAuthorization();
    }

    private static void Choose(CancelaBuilder cancela, ConfigurationManager settings)
    {
        if (settings["Postgres"] is { } postgres) cancela.UsePostgres(postgres);
        else cancela.UseSqlite(settings["Sqlite"] ?? "data/cancela.db");
        if (settings["Redis"] is { } redis) cancela.UseRedis(redis);
        if (settings["Doorbell"] is not { } only) return;
        foreach (var line in cancela.Services.Where(service => service.ServiceType == typeof(IDoorbellLine)).ToList())
            if (line.ImplementationType!.Name != only + "Doorbell") cancela.Services.Remove(line);
    }

    private static async Task<Grant> IssueAsync(HttpContext context, string email, IStrategy strategy)
    {
        var services = context.RequestServices;
        var found = await services.GetRequiredService<AccountDirectory>().FindForSignInAsync(email, context.RequestAborted);
        var proof = new Proof(Subject.Of(found!.Account), "", "pwd", services.GetRequiredService<TimeProvider>().GetUtcNow(), ClientInfo.None);
        var grant = await services.GetRequiredService<Database>().TransactAsync(
            transaction => strategy.IssueAsync(transaction, proof, AccessTokens.NewId()), context.RequestAborted);
        return grant!;
    }
}
