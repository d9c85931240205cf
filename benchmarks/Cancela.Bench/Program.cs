using Cancela.Bench;
using Cancela.Bench.Micro;
using Cancela.Bench.Pipeline;
using Cancela.Bench.SideBySide;
using Cancela.Bench.Throughput;

// As a process of its own it is also the server that the requests of the benchmark go to.
if (args is ["--urls", ..])
{
    await LoopbackServer.RunAsync(args);
    return 0;
}

Section[] sections =
[
    new("Passwords, cold", () => Task.FromResult(PasswordBenchmark.Cold())),
    new("Tokens", () => Task.FromResult(TokenFigures.Measure())) { MostAttempts = 2 },
    new("Passwords", () => Task.FromResult(PasswordBenchmark.Warm())) { MostAttempts = 2 },
    new("Revocation", RevocationBenchmark.Measurements) { MostAttempts = 2 },
    new("Sessions in memory", SessionFigures.MeasureAsync) { MostAttempts = 2 },
    new("Load of the log, PostgreSQL", LoadBenchmark.RunAsync) { Missing = BenchServers.WithoutPostgres },
    new("Nodes, PostgreSQL", new NodesBenchmark(redis: false).RunAsync) { Missing = BenchServers.WithoutPostgres, MostAttempts = 2 },
    new("Nodes, PostgreSQL and Redis", new NodesBenchmark(redis: true).RunAsync) { Missing = BenchServers.WithoutRedis, MostAttempts = 2 },
    new("Nodes, PostgreSQL and Redis, whose doorbell alone rings", new NodesBenchmark(redis: true, "Redis").RunAsync) { Missing = BenchServers.WithoutRedis, MostAttempts = 2 },
    new("Nodes, PostgreSQL, no doorbell", new NodesBenchmark(redis: false, NodesBenchmark.Off).RunAsync) { Missing = BenchServers.WithoutPostgres, MostAttempts = 1 },
    new("Round trips, PostgreSQL", [.. RoundTripBenchmark.Of(redis: false)]) { Missing = BenchServers.WithoutPostgres, MostAttempts = 1 },
    new("Round trips, PostgreSQL and Redis (where networks are limited, a sign-in and a refresh ask Redis once more)", [.. RoundTripBenchmark.Of(redis: true)]) { Missing = BenchServers.WithoutRedis, MostAttempts = 1 },
    new("Start", ProcessBenchmark.StartAsync),
    new("Memory", ProcessBenchmark.MemoryAsync) { MostAttempts = 1 },
    new("Side by side", SideBySideBenchmark.RunAsync) { Missing = Wrk.Missing, MostAttempts = 1 },
    new("Session found in Redis", SharedCopyBenchmark.RunAsync) { Missing = Wrk.Missing ?? BenchServers.WithoutRedis, MostAttempts = 1 },
    new("Logins, PostgreSQL", LoginBenchmark.RunAsync) { Missing = Wrk.Missing ?? BenchServers.WithoutPostgres, MostAttempts = 1 },
    new("Overload of logins, PostgreSQL", OverloadBenchmark.RunAsync) { Missing = Wrk.Missing ?? BenchServers.WithoutPostgres, MostAttempts = 1 },
    new("Refreshes, PostgreSQL", RefreshBenchmark.RunAsync) { Missing = Wrk.Missing ?? BenchServers.WithoutPostgres, MostAttempts = 1 },
    new("Logouts, PostgreSQL", [.. LogoutBenchmark.All]) { Missing = Wrk.Missing ?? BenchServers.WithoutPostgres, MostAttempts = 1 },
    .. StrategyBenchmark.Profiles.Select(profile => new Section($"Gate, profile {profile}", new PipelineBenchmark(profile).RunAsync) { MostAttempts = 2 }),
    .. StrategyBenchmark.Profiles.Select(profile => new Section($"Requests, profile {profile}", () => new StrategyBenchmark(profile).RunAsync())),
    new("Scale", ScaleBenchmark.Entries, () => ScaleBenchmark.Set(10_000_000), () => ScaleBenchmark.Set(50_000_000), ScaleBenchmark.Reads) { OnlyWhenNamed = true },
];

var report = new Report();
if (args is ["--page"])
{
    report.WritePage(sections);
    return 0;
}

// ./bench tokens revocation: only the sections whose names contain one of the words. ./bench scale: what takes gigabytes.
Section[] chosen = [.. sections.Where(section => args.Length == 0 ? !section.OnlyWhenNamed : args.Any(word => section.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))];
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"No section is named so. There are:\n  {string.Join("\n  ", sections.Select(static section => section.Name))}");
    return 2;
}
report.Begin();
foreach (var section in chosen) await report.AddAsync(section);
return report.End(sections);
