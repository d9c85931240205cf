using System.Globalization;
using System.Runtime;
using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Gate;
using Cancela.Redis;
using Cancela.Sql;
using Cancela.Strategies;

namespace Cancela.Server.Lab;

/// <summary>
/// What a server under test has beside its own: one endpoint for everybody and the same one behind the gate, its counters, and
/// sign-ins without a password, for what needs many of them and measures something else.
/// </summary>
internal static class LabEndpoints
{
    public const string Open = "/lab/open";
    public const string Closed = "/lab/closed";
    public const string Counts = "/lab/counts";
    public const string Memory = "/lab/memory";
    public const string Credentials = "/lab/credentials";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Open, Hello);
        endpoints.MapGet(Closed, Hello).RequireAuthorization();
        endpoints.MapGet(Counts, Count);
        endpoints.MapGet(Memory, Collect);
        endpoints.MapGet(Credentials, IssueAsync);
    }

    private static IResult Hello() => Results.Text("hello");

    // Statements, calls of Redis, methods that were compiled.
    private static IResult Count(Database database, IServiceProvider services) => Results.Text(string.Create(
        CultureInfo.InvariantCulture, $"{database.Statements} {services.GetService<RedisLine>()?.Asked ?? 0} {JitInfo.GetCompiledMethodCount()}"));

#pragma warning disable CA1849, S1215 // What is left after a full collection is what is measured.
    private static IResult Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return Results.Text(GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture));
    }
#pragma warning restore CA1849, S1215

    // So many header lines, each with the credential of a session of its own.
    private static async Task<IResult> IssueAsync(
        string email, int count, bool cookie, AccountDirectory accounts, Slots slots, CookieCarrier cookies, Database database, TimeProvider clock, HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!email.EndsWith("@" + LabServer.Domain, StringComparison.Ordinal)) return Results.NotFound();
        var account = (await accounts.FindForSignInAsync(email, cancellationToken))!.Account;
        var proof = new Proof(Subject.Of(account), "", "pwd", clock.GetUtcNow(), ClientInfo.None);
        var strategy = cookie ? slots.Browser : slots.Token;
        var grants = await database.TransactAsync(async transaction =>
        {
            var issued = new List<Grant>(count);
            while (issued.Count < count) issued.Add((await strategy.IssueAsync(transaction, proof, AccessTokens.NewId()))!);
            return issued;
        }, cancellationToken);
        return Results.Text(string.Join('\n', grants.Select(Line)));

        string Line(Grant grant)
        {
            if (!cookie) return $"Authorization: Bearer {grant.Credential}";
            cookies.Write(context, grant.Credential, grant.ExpiresAt);
            var line = $"Cookie: {context.Response.Headers.SetCookie.Single()!.Split(';')[0]}";
            context.Response.Headers.Remove("Set-Cookie");
            return line;
        }
    }
}
