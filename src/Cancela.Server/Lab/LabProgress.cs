namespace Cancela.Server.Lab;

/// <summary>How far a run is and how long it will still take: a line that is drawn again on a terminal, a line for each part elsewhere.</summary>
/// <param name="output">Where to.</param>
/// <param name="drawn">Whether it is a terminal.</param>
/// <param name="plan">What is to come.</param>
/// <param name="words">In whose language.</param>
/// <param name="severalNodes">Whether a second server is started for each strategy.</param>
internal sealed class LabProgress(TextWriter output, bool drawn, LabPlan plan, LabWords words, bool severalNodes) : IDisposable
{
    private const int Width = 24;
    private const string ToLineEnd = "\u001b[K";

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private double _begun;
    private double _next;
    private (LabPhase, int) _told = ((LabPhase)(-1), 0);

    private double Whole => plan.Strategies
        * (Seconds(LabPhase.Start) + Seconds(LabPhase.WarmUp) + Seconds(LabPhase.RoundTrips) + Seconds(LabPhase.Memory) + plan.Turns * Seconds(LabPhase.Turn) + Seconds(LabPhase.Revocation));

    /// <summary>A part of a strategy begins, and what began before it is done.</summary>
    public void Begin(LabPhase phase, string profile, int turn = 0)
    {
        _begun += _next;
        _next = Seconds(phase);
        var what = words.Phase(phase, turn, plan.Turns);
        if (drawn)
        {
            var done = (int)(Width * Math.Min(1, _begun / Whole));
            output.Write($"\r{new string('█', done)}{new string('░', Width - done)}  {what}: {profile}  ({words.Left(Left())}){ToLineEnd}");
        }
        else if (_told != (phase, turn))
        {
            output.WriteLine($"{what} ({words.Left(Left())})");
        }
        _told = (phase, turn);
    }

    public void Dispose()
    {
        if (drawn) output.Write("\r" + ToLineEnd);
    }

    // What the plan says, and half-way through what the machine has made of it.
    private double Left()
    {
        var slower = _begun > Whole / 10 ? TimeProvider.System.GetElapsedTime(_started).TotalSeconds / _begun : 1;
        return Math.Max(0, Whole - _begun) * slower;
    }

    // Of one strategy. What is not a share of the plan is about what a small machine takes.
    private double Seconds(LabPhase phase) => phase switch
    {
        LabPhase.Start => 1,
        LabPhase.WarmUp => plan.WarmUp.TotalSeconds,
        LabPhase.RoundTrips => 1,
        LabPhase.Memory => plan.Sessions / 1000.0,
        LabPhase.Turn => (2 * plan.Load + plan.SignIns + plan.Refreshes / 2).TotalSeconds,
        _ => (plan.FirstSignOuts + plan.SignOuts) * 0.025 + (severalNodes ? 1 + plan.WarmUp.TotalSeconds : 0),
    };
}
