using System.Diagnostics;
using Cancela.Bench.Micro;
using Cancela.Credentials.Passwords;
using Cancela.Credentials.Passwords.Argon2;

namespace Cancela.Bench;

/// <summary>What a password costs: the time of a hash, and what only a process has that did not hash before.</summary>
internal static class PasswordBenchmark
{
    private const int Logins = 50;
    private const double RatioTarget = 1.1;
    private static readonly Argon2Parameters Costs = new PasswordOptions().Costs;

    /// <summary>These want code that was not compiled and memory that was not touched before.</summary>
    internal static BenchRow[] Cold() => [FirstHash(), MemoryOfLogins()];

    /// <summary>As many at once as there are cores: what no sign-in can be faster than.</summary>
    internal static async Task<double> HashesPerSecondAsync()
    {
        using var hasher = new PasswordHasher(new PasswordOptions());
        await hasher.HashAsync("correct horse battery staple", default);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Logins).Select(_ => hasher.HashAsync("correct horse battery staple", default).AsTask()));
        return Logins / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Ours beside libargon2, and beside what ASP.NET Core Identity does to a password.</summary>
    internal static BenchRow[] Warm()
    {
        if (LibArgon2.IsThere && !PasswordBenchmarks.Agree()) throw new InvalidOperationException("Ours and libargon2 disagree.");
        var figures = MicroRun.Of<PasswordBenchmarks>(oneByOne: true, without: [.. NotHere()]);
        var theirs = LibArgon2.IsThere ? figures[nameof(PasswordBenchmarks.LibArgon2id)] : (MicroFigure?)null;
        return
        [
            .. Paths.Select(path => figures[$"{path}"].Row(
                $"Argon2id 19 MiB, t=2, p=1, {path}{(theirs is null ? "" : ", beside libargon2")}", floor: theirs, ratio: path == Argon2id.BestPath && theirs is not null ? RatioTarget : null)
                with { Remark = theirs is null ? "libargon2 is not installed" : path == Argon2id.BestPath ? "" : "other processors' path" }),
            .. theirs is { } figure ? [figure.Row("libargon2")] : Array.Empty<BenchRow>(),
            figures[nameof(PasswordBenchmarks.Pbkdf2)].Row("ASP.NET Core Identity's default, PBKDF2 with 100,000 x HMAC-SHA512"),
        ];
    }

    private static IEnumerable<Argon2Path> Paths => Enum.GetValues<Argon2Path>().Where(static path => path <= Argon2id.BestPath);

    private static IEnumerable<string> NotHere()
    {
        foreach (var path in Enum.GetValues<Argon2Path>().Except(Paths)) yield return $"{path}";
        if (!LibArgon2.IsThere) yield return nameof(PasswordBenchmarks.LibArgon2id);
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

    private static double Milliseconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
