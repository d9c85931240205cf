using Cancela.Problems;

namespace Cancela.Gate;

/// <summary>Carries a refusal through <c>AuthenticateResult.Fail</c>, which takes an exception. It is never thrown.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Problem.Code)
{
    public Refusal Refusal { get; } = refusal;
}
