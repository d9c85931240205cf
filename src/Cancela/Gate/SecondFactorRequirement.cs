using Cancela.Strategies;
using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>The sign-in must have shown more than one factor.</summary>
internal sealed class SecondFactorRequirement : ProofRequirement
{
    protected override MissingProof Missing { get; } = new(MaxAge: null);

    protected override bool IsMetBy(Caller caller, HttpContext context) => caller.ShowedSecondFactor;

    public override string ToString() => "a second factor";
}
