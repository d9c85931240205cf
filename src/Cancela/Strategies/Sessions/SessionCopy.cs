using Cancela.Accounts;

namespace Cancela.Strategies.Sessions;

/// <summary>What nodes tell each other of a session: what requests are answered from, and nothing else.</summary>
/// <param name="Row">The row, without address and user agent: those are for the list of devices, which reads rows.</param>
/// <param name="Account">Its account.</param>
/// <param name="ReadAt">When the two were read, by the wall clock of who read them.</param>
internal sealed record SessionCopy(SessionRow Row, Account Account, DateTimeOffset ReadAt)
{
    // Nodes whose clocks differ by more than this do not use each other's copies.
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(1);

    /// <summary>Whether it is young enough, whatever the clock of the machine that kept it says.</summary>
    public bool IsUsable(DateTimeOffset now) => now - ReadAt <= CopyLifetimes.Copy && ReadAt - now <= ClockMargin;
}
