using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Cancela.Bench.Micro;

/// <summary>
/// Runs the benchmarks of a class by BenchmarkDotNet, in this process: what they measure is put together here, once, and no project is made, restored or
/// built for them. Each takes less than a second. Many short iterations and the least of them: one that ends before the system gives the core to somebody else
/// is nearer to the truth than the mean of long ones.
/// </summary>
internal static class MicroRun
{
    private const int WarmUp = 10;
    private const int Iterations = 40;

    private static readonly Job Short = Job.Default
        .WithToolchain(InProcessEmitToolchain.Instance)
        .WithWarmupCount(WarmUp).WithIterationCount(Iterations).WithIterationTime(TimeInterval.FromMilliseconds(15))
        .WithEvaluateOverhead(false).WithGcForce(false);

    // Of what takes milliseconds an iteration is one call.
    private static readonly Job OneByOne = Short.WithInvocationCount(1).WithUnrollFactor(1).WithWarmupCount(5).WithIterationCount(30);

    // Code is compiled again when it was called some times and nothing new was compiled for a tenth of a second, and once more after that.
    private const int Rehearsals = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly Job Rehearsal = Short.WithWarmupCount(1).WithIterationCount(1).WithIterationTime(TimeInterval.FromMilliseconds(3));

    /// <returns>Each benchmark's figure, by its name.</returns>
    /// <param name="oneByOne">An operation takes milliseconds.</param>
    /// <param name="without">What cannot be run here.</param>
    public static IReadOnlyDictionary<string, MicroFigure> Of<T>(bool oneByOne = false, params string[] without)
    {
        for (var i = 0; i < Rehearsals && !oneByOne; i++)
        {
            Run<T>(Rehearsal, without);
            Task.Delay(Pause, TimeProvider.System).Wait();
        }
        return Run<T>(oneByOne ? OneByOne : Short, without).Reports.ToDictionary(
            static report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name,
            static report => new MicroFigure(
                report.ResultStatistics!.Min, report.ResultStatistics.Median, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0));
    }

    private static Summary Run<T>(Job job, string[] without)
    {
        var artifacts = Directory.CreateTempSubdirectory("cancela-bench-").FullName;
        try
        {
            // What it says to itself is told when it fails.
            var log = new AccumulationLogger();
            var config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddLogger(log)
                .AddFilter(new NameFilter(name => !without.Contains(name)))
                .WithArtifactsPath(artifacts).WithOptions(ConfigOptions.DisableLogFile);
            var summary = BenchmarkRunner.Run<T>(config);
            return summary.HasCriticalValidationErrors || summary.Reports.IsEmpty || summary.Reports.Any(static report => !report.Success || report.ResultStatistics is null)
                ? throw new InvalidOperationException($"{typeof(T).Name} did not run.\n{log.GetLog()}")
                : summary;
        }
        finally
        {
            Directory.Delete(artifacts, recursive: true);
        }
    }
}
