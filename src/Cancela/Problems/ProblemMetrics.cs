using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Problems;

/// <summary>Counts how often we said no, wherever it was said: each refused request once, by the code that its caller was told.</summary>
internal sealed class ProblemMetrics(Meter meter)
{
    private readonly Counter<long> _refusals = meter.CreateCounter<long>(
        "cancela.refusals", "{request}", "Requests that were answered with a problem, by its code.");

    public static void Count(HttpContext context, Problem problem) => context.RequestServices.GetService<ProblemMetrics>()?.Count(problem);

    public void Count(Problem problem) => _refusals.Add(1, new KeyValuePair<string, object?>("code", problem.Code));
}
