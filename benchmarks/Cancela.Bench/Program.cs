using Cancela.Bench;

// As a process of its own it is also the server that the requests of the benchmark go to.
if (args is ["--urls", ..])
{
    await LoopbackServer.RunAsync(args);
    return 0;
}

Section[] sections =
[
    new("Passwords, cold", () => Task.FromResult(PasswordBenchmark.Cold())),
    new("Tokens", () => Task.FromResult(TokenBenchmark.Run())),
    new("Passwords", () => Task.FromResult(PasswordBenchmark.Warm())),
    new("Revocation", RevocationBenchmark.Measurements),
    new("Start", ProcessBenchmark.StartAsync),
    new("Memory", ProcessBenchmark.MemoryAsync) { MostAttempts = 1 },
    .. StrategyBenchmark.Profiles.Select(profile => new Section($"Requests, profile {profile}", () => new StrategyBenchmark(profile).RunAsync())),
    new("Scale", ScaleBenchmark.Entries, () => ScaleBenchmark.Set(10_000_000), () => ScaleBenchmark.Set(50_000_000), ScaleBenchmark.Reads) { OnlyWhenNamed = true },
];

// ./bench tokens revocation: only the sections whose names contain one of the words. ./bench scale: what takes gigabytes.
var report = new Report();
report.Begin();
foreach (var section in sections.Where(section => args.Length == 0 ? !section.OnlyWhenNamed : args.Any(word => section.Name.Contains(word, StringComparison.OrdinalIgnoreCase))))
{
    report.Begin(section);
    await foreach (var row in section.MeasureAsync()) report.Add(row);
}
return report.End();
