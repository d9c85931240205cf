using Cancela.Faults;
using Xunit;

namespace Cancela.IntegrationTests.Faults;

/// <summary>Journals of a few lines, in seconds. T is 2.</summary>
public sealed class The_judge
{
    private static readonly TimeSpan T = TimeSpan.FromSeconds(2);

    private readonly Journal _journal = new();
    private readonly Credential _cookie;
    private readonly Credential _refresh;

    public The_judge()
    {
        _cookie = _journal.Issue(1, "session", CredentialKind.Cookie, "cookie");
        _refresh = _journal.Issue(1, "refresh-rotation", CredentialKind.Refresh, "refresh");
    }

    [Fact]
    public void Accepts_what_nobody_ended() => Finds([], () => Shown(1, Outcome.Accepted));

    [Fact]
    public void Accepts_a_late_acceptance_within_T() => Finds([], () => Ended(10, 11), () => Shown(12.9, Outcome.Accepted));

    [Fact]
    public void Finds_an_acceptance_later_than_T_after_the_acknowledgement() =>
        Finds([Breach.AcceptedAfterwards], () => Ended(10, 11), () => Shown(13.1, Outcome.Accepted));

    [Fact]
    public void Holds_an_answer_that_came_late_against_nobody_who_was_asked_in_time() =>
        Finds([], () => Ended(10, 11), () => Shown(12.9, Outcome.Accepted, received: 20));

    [Fact]
    public void Counts_from_the_first_acknowledgement() =>
        Finds([Breach.AcceptedAfterwards], () => Ended(10, 11), () => Ended(20, 21), () => Shown(13.1, Outcome.Accepted));

    [Fact]
    public void Accepts_either_answer_when_nobody_knows_whether_it_was_ended() =>
        Finds([], () => Ended(10, null), () => Shown(20, Outcome.Accepted), () => Shown(21, Outcome.Refused), () => Shown(22.9, Outcome.Accepted));

    [Fact]
    public void Finds_what_comes_back_after_somebody_refused_it() =>
        Finds([Breach.CameBack], () => Ended(10, null), () => Shown(20, Outcome.Refused), () => Shown(23, Outcome.Accepted));

    [Fact]
    public void Finds_a_refusal_of_what_nobody_ended() => Finds([Breach.WronglyRefused], () => Shown(1, Outcome.Refused));

    [Fact]
    public void Finds_a_refusal_that_came_before_anybody_asked_for_it() =>
        Finds([Breach.WronglyRefused], () => Shown(8, Outcome.Refused), () => Ended(10, 11));

    [Fact]
    public void Accepts_that_nobody_answers() =>
        Finds([], () => Shown(1, Outcome.Unavailable), () => Shown(2, Outcome.Silent), () => Ended(10, 11), () => Shown(20, Outcome.Unavailable));

    [Fact]
    public void Finds_an_answer_that_is_none() => Finds([Breach.NotUnderstood], () => Shown(1, Outcome.Odd));

    [Fact]
    public void Finds_two_successors_of_one_refresh_token() => Finds([Breach.TwoSuccessors], () => Renewed("a"), () => Renewed("b"));

    [Fact]
    public void Accepts_the_same_successor_twice() => Finds([], () => Renewed("a"), () => Renewed("a"));

    [Fact]
    public void Finds_a_role_of_before_later_than_T() =>
        Finds([Breach.FormerRole], () => Given("EDITOR", 10, 11), () => Shown(13.1, Outcome.Accepted, role: "USER"));

    [Fact]
    public void Accepts_a_role_of_before_within_T_and_one_that_may_have_been_given_already() => Finds([],
        () => Given("EDITOR", 10, 11), () => Shown(12.9, Outcome.Accepted, role: "USER"), () => Given("USER", 20, null), () => Shown(21, Outcome.Accepted, role: "USER"),
        () => Shown(22, Outcome.Accepted, role: "EDITOR"));

    private void Finds(IEnumerable<Breach> expected, params Action[] journal)
    {
        foreach (var write in journal) write();
        Assert.Equal(expected, Judge.Decide(_journal, T).Violations.Select(static violation => violation.Breach));
    }

    private void Shown(double sent, Outcome outcome, double? received = null, string? role = null) =>
        _journal.Shown.Enqueue(new(_cookie.Number, 0, At(sent), At(received ?? sent + 0.01), outcome, role));

    private void Ended(double from, double? acknowledged) => _journal.Endings.Enqueue(new(EndingKind.Logout, 1, At(from), At(acknowledged), [_cookie.Number]));

    private void Given(string role, double sent, double? acknowledged) => _journal.RoleChanges.Enqueue(new(1, role, At(sent), At(acknowledged)));

    private void Renewed(string child) => _journal.Renewals.Enqueue(new(_refresh.Number, At(1), child));

    private static long At(double seconds) => Ticks.Of(TimeSpan.FromSeconds(seconds));

    private static long? At(double? seconds) => seconds is { } known ? At(known) : null;
}
