namespace Cancela.Server.Lab;

/// <summary>How long each part of a run takes: shares of the seconds that the load is to last, all strategies together.</summary>
/// <param name="Seconds">From <see cref="Least"/> to <see cref="Most"/>.</param>
/// <param name="Strategies">How many there are.</param>
internal sealed record LabPlan(int Seconds, int Strategies)
{
    public const int Default = 80;
    public const int Least = 5;
    public const int Most = 600;

    private const double WarmUpShare = 0.18, LoadShare = 0.56, SignInShare = 0.15, RefreshShare = 0.05;

    /// <summary>As many as fit: one turn may fall into a moment in which the machine does something else, the median of five does not.</summary>
    public int Turns => Seconds < 20 ? 1 : Seconds < 60 ? 3 : 5;

    /// <summary>At most, of one strategy: it ends when nothing is compiled any more.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Seconds * WarmUpShare / Strategies);

    /// <summary>On one endpoint of one strategy, in one turn.</summary>
    public TimeSpan Load => TimeSpan.FromSeconds(Seconds * LoadShare / Strategies / 2 / Turns);

    public TimeSpan SignIns => TimeSpan.FromSeconds(Seconds * SignInShare / Strategies / Turns);

    public TimeSpan Refreshes => TimeSpan.FromSeconds(Seconds * RefreshShare / Strategies / Turns);

    /// <summary>A multiple of an account's share of them.</summary>
    public int Sessions => Math.Clamp(Seconds / 25, 1, 4) * SessionsOfAnAccount;

    /// <summary>An account has a thousand sign-ins at most: one more would end the oldest.</summary>
    public const int SessionsOfAnAccount = 500;

    public int SignOuts => Math.Clamp(Seconds * 3 / 2, 10, 300);

    /// <summary>Sign-outs before those that count, until the code behind them is compiled.</summary>
    public int FirstSignOuts => SignOuts / 4;
}
