using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cancela.Audit;
using Cancela.Problems;
using Cancela.Sql;
using Cancela.Strategies;

namespace Cancela.SignIn;

/// <summary>Counts sign-ins by what came of them.</summary>
internal sealed class SignInMetrics(Meter meter)
{
    private readonly Counter<long> _signIns = meter.CreateCounter<long>(
        "cancela.sign_ins", "{sign_in}", "Sign-ins that were tried, by what came of them.");

    /// <summary>Waits for what comes of a sign-in, and counts it.</summary>
    public async Task<SignInOutcome> CountAsync(IStrategy slot, Task<SignInOutcome> signIn)
    {
        try
        {
            var outcome = await signIn;
            Count(slot.Name, outcome switch
            {
                SignInOutcome.SignedIn => AuditEvent.Success,
                SignInOutcome.SecondFactorNeeded => Problem.SecondFactorRequired.Code,
                SignInOutcome.Refused(var refusal) => refusal.Problem.Code,
                _ => throw new UnreachableException(),
            });
            return outcome;
        }
        catch (StoreUnavailableException)
        {
            Count(slot.Name, Problem.StoreUnavailable.Code);
            throw;
        }
    }

    public void Count(string strategy, string outcome) =>
        _signIns.Add(1, new KeyValuePair<string, object?>("strategy", strategy), new KeyValuePair<string, object?>("outcome", outcome));
}
