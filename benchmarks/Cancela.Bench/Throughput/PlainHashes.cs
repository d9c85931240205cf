using System.Diagnostics;
using Cancela.Credentials.Passwords;
using Cancela.Credentials.Passwords.Argon2;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cancela.Bench.Throughput;

/// <summary>A host that only hashes: on a thread of its own, with memory that it keeps, one after the other.</summary>
internal static class PlainHashes
{
    public const string Setting = "PlainHashes", Path = "/hashes";

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.MapGet(Path, static (double seconds) =>
        {
            var perSecond = 0.0;
            var thread = new Thread(() => perSecond = Hash(TimeSpan.FromSeconds(seconds)));
            thread.Start();
            thread.Join();
            return Results.Text($"{perSecond:R}");
        });
        return app;
    }

    private static double Hash(TimeSpan time)
    {
        var costs = new PasswordOptions().Costs;
        using var memory = new Argon2Memory(costs.Blocks);
        var tag = new byte[32];
        // The memory is touched for the first time in this one.
        Argon2id.Hash(costs, new Argon2Input("password"u8, "saltsaltsaltsalt"u8), tag, memory);
        var started = Stopwatch.GetTimestamp();
        var hashes = 0;
        for (; Stopwatch.GetElapsedTime(started) < time; hashes++) Argon2id.Hash(costs, new Argon2Input("password"u8, "saltsaltsaltsalt"u8), tag, memory);
        return hashes / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
