using System.Globalization;
using Cancela.Strategies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Gate;

/// <summary>The sign-in must be recent. A token that was renewed since is no fresher: its owner need not have been there (NIST SP 800-63B-4 section 5.1.2).</summary>
internal sealed class RecentRequirement(TimeSpan maxAge) : ProofRequirement
{
    protected override MissingProof Missing { get; } = new(maxAge);

    protected override bool IsMetBy(Caller caller, HttpContext context) =>
        context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - caller.AuthenticatedAt <= maxAge;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"a sign-in within {maxAge.TotalSeconds:0} s");
}
