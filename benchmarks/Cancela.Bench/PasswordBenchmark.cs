using System.Diagnostics;
using System.Globalization;
using Cancela.Credentials.Passwords;
using Cancela.Credentials.Passwords.Argon2;

namespace Cancela.Bench;

/// <summary>
/// What a password costs. Ours and libargon2 take turns in one run, so that a busy machine slows both; the ratio is the median
/// of the pairs' ratios.
/// </summary>
internal static class PasswordBenchmark
{
    private const int Pairs = 31;
    private const int WarmUp = 5;
    private const int Logins = 50;
    private const double RatioTarget = 1.1;
    private static readonly Argon2Parameters Costs = new PasswordOptions().Costs;

    /// <summary>These want code that was not compiled and memory that was not touched before.</summary>
    internal static BenchRow[] Cold() => [FirstHash(), MemoryOfLogins()];

    internal static BenchRow[] Warm() => [.. Enum.GetValues<Argon2Path>().Where(path => path <= Argon2id.BestPath).Select(HashTime)];

    /// <summary>As many at once as there are cores: what no sign-in can be faster than.</summary>
    internal static async Task<double> HashesPerSecondAsync()
    {
        using var hasher = new PasswordHasher(new PasswordOptions());
        await hasher.HashAsync("correct horse battery staple", default);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Logins).Select(_ => hasher.HashAsync("correct horse battery staple", default).AsTask()));
        return Logins / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static BenchRow HashTime(Argon2Path path)
    {
        using var memory = new Argon2Memory(Costs.Blocks);
        var tag = new byte[32];
        var theirs = new byte[32];
        var salt = "0123456789abcdef"u8.ToArray();
        var password = "correct horse battery staple"u8.ToArray();
        double Ours() => Milliseconds(() => Argon2id.Hash(Costs, new Argon2Input(password, salt), tag, memory, path));
        var what = $"Argon2id 19 MiB, t=2, p=1, {path}";

        for (var i = 0; i < WarmUp; i++) Ours();
        if (!LibArgon2.IsThere)
            return BenchRow.Reported(what, $"{Median(Times(Ours)):F1} ms") with { Remark = "libargon2 is not installed" };
        double Lib() => Milliseconds(() => LibArgon2.Hash(Costs.Iterations, Costs.MemoryKiB, Costs.Parallelism, password, salt, theirs));
        for (var i = 0; i < WarmUp; i++) Lib();
        // Who goes first alternates: neither always finds the cache as the other left it.
        var pairs = Enumerable.Range(0, Pairs).Select(i =>
        {
            if (i % 2 == 0) return (Ours: Ours(), Lib: Lib());
            var lib = Lib();
            return (Ours: Ours(), Lib: lib);
        }).ToList();
        if (!tag.AsSpan().SequenceEqual(theirs)) throw new InvalidOperationException("Ours and libargon2 disagree.");
        var ratio = Median(pairs.Select(pair => pair.Ours / pair.Lib));
        var figure = $"{Median(pairs.Select(pair => pair.Ours)):F1} ms, {ratio:F2} x {Median(pairs.Select(pair => pair.Lib)):F1} ms";
        return path == Argon2id.BestPath
            ? new BenchRow(what, figure, $"at most {RatioTarget.ToString(CultureInfo.InvariantCulture)} x libargon2", ratio <= RatioTarget)
            : BenchRow.Reported(what, figure) with { Remark = "other processors' path" };
    }

    private static BenchRow FirstHash()
    {
        using var memory = new Argon2Memory(Costs.Blocks);
        var first = Milliseconds(() => Argon2id.Hash(Costs, new Argon2Input("password"u8, "saltsaltsaltsalt"u8), new byte[32], memory));
        return new BenchRow("First hash after the start, compilation included", $"{first:F0} ms", "at most 150 ms", first <= 150);
    }

    private static BenchRow MemoryOfLogins()
    {
        var before = ResidentMiB();
        using var hasher = new PasswordHasher(new PasswordOptions { MaxQueuedHashes = Logins });
        var logins = Enumerable.Range(0, Logins).Select(i => hasher.VerifyAsync(null, $"password {i}", default).AsTask());
        Task.WhenAll(logins).GetAwaiter().GetResult();
        var grown = ResidentMiB() - before;
        var target = (Environment.ProcessorCount * 19) + 16;
        return new BenchRow($"Resident memory gained by {Logins} sign-ins at once", $"{grown:F0} MiB", $"at most {target} MiB", grown <= target);
    }

    private static double ResidentMiB()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1048576.0;
    }

    private static IEnumerable<double> Times(Func<double> measure) => Enumerable.Range(0, Pairs).Select(_ => measure());

    private static double Milliseconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Pairs / 2);
}
