namespace Cancela.Problems;

/// <summary>A no with its two sentences: the public one for the caller, the private one for the log.</summary>
/// <param name="Problem">What the caller is told.</param>
/// <param name="Reason">What the log is told. Never a token, a secret, a hash or an e-mail.</param>
/// <param name="Argument">What takes the place of <c>{0}</c> in the public sentence.</param>
/// <param name="RetryAfter">For 429 and 503.</param>
internal sealed record Refusal(Problem Problem, string Reason, string? Argument = null, TimeSpan? RetryAfter = null)
{
    public ProblemResult ToResult() => new(Problem) { Argument = Argument, RetryAfter = RetryAfter };
}
