using System.Diagnostics;
using Xunit;

namespace Cancela.Tests.Migration;

/// <summary>A server on SQLite gives way to one on PostgreSQL at the same address, while everybody goes on.</summary>
public sealed class Change_of_database_under_load
{
    [Fact]
    public async Task Nobody_is_signed_out_and_whoever_was_stays_out()
    {
        await using var server = await MovedServer.StartAsync();
        var regulars = new Regulars(server);
        await regulars.SignInAsync(people: 6, leavers: 2);
        await regulars.GoOnAsync();

        var ahead = await server.MigrateAsync("--ahead");
        Assert.True(ahead.Code == 0, ahead.Errors);
        await regulars.GoOnAsync();
        var before = regulars.Answers;

        regulars.Close();
        var closed = Stopwatch.GetTimestamp();
        await server.StopAsync();
        var last = await server.MigrateAsync();
        Assert.True(last.Code == 0, last.Errors);
        var gone = regulars.Gone.Count;
        await server.StartOnPostgresAsync();
        regulars.Reopen();
        var away = Stopwatch.GetElapsedTime(closed);
        await regulars.GoOnAsync();
        await regulars.LeaveAsync();

        Assert.Empty(regulars.Refused);
        Assert.InRange(gone, 2, int.MaxValue);
        Assert.InRange(regulars.Gone.Count, gone + 1, int.MaxValue);
        Assert.NotEqual(0, regulars.Retries);
        foreach (var (cookies, access, refresh) in regulars.Gone)
        {
            using var browser = server.Client(cookies: cookies);
            (await browser.GetAsync("/auth/me")).Expect(401);
            using var phone = server.Client(access);
            (await phone.GetAsync("/auth/me")).Expect(401);
            phone.Bearer = refresh;
            (await phone.PostAsync("/auth/refresh")).Expect(401);
        }
        Console.WriteLine($"change of database: {before} answers before and {regulars.Answers - before} after, {regulars.Retries} retries, " +
            $"{regulars.Gone.Count} ended and refused, none refused who was not; nobody served for {away.TotalSeconds:0.0} s");
    }
}
