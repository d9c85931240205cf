using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cancela.Revocation;

/// <summary>
/// The system's time, with timestamps that go on counting while the machine is suspended. Where the system has no such
/// clock, they are <see cref="Stopwatch"/>'s.
/// </summary>
/// <remarks>
/// <c>Stopwatch</c> reads CLOCK_MONOTONIC on Linux and mach_absolute_time on macOS, which stand still during suspend: a
/// laptop or a virtual machine that wakes up after an hour would believe that its last read of the log was a moment ago.
/// On Windows it reads QueryPerformanceCounter, which counts through sleep and hibernation.
/// </remarks>
internal sealed partial class BootClock : TimeProvider
{
    private const int LinuxBootTime = 7;        // CLOCK_BOOTTIME of <linux/time.h>
    private const int MacMonotonicRaw = 4;      // CLOCK_MONOTONIC_RAW of <time.h>: mach_continuous_time in nanoseconds
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly bool Linux = OperatingSystem.IsLinux() && Answers(ReadLinux);
    private static readonly bool Mac = OperatingSystem.IsMacOS() && Answers(ReadMac);

    /// <summary>True when suspended time counts.</summary>
    public static bool CountsSuspension => Linux || Mac || OperatingSystem.IsWindows();

    public override long TimestampFrequency => Linux || Mac ? NanosecondsPerSecond : Stopwatch.Frequency;

    public override long GetTimestamp() => Linux ? ReadLinux() : Mac ? ReadMac() : Stopwatch.GetTimestamp();

    private static bool Answers(Func<long> read)
    {
        try
        {
            return read() > 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static long ReadLinux() =>
        ClockGetTime(LinuxBootTime, out var time) == 0 ? time.Seconds * NanosecondsPerSecond + time.Nanoseconds : 0;

    private static long ReadMac() => (long)ClockGetTimeNanoseconds(MacMonotonicRaw);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    // Both only read memory that the kernel shares with the process: they neither block nor call back, so the switch of
    // the garbage collector's mode, which costs as much as the call, can be left out.
    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libSystem", EntryPoint = "clock_gettime_nsec_np")]
    private static partial ulong ClockGetTimeNanoseconds(int clock);
}
