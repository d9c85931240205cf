using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cancela.Server.Answers;

/// <summary><c>GET /healthz</c>: the process lives. <c>GET /readyz</c>: send it requests.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", Alive).AllowAnonymous().WithTags("Health").WithSummary("Whether the process is alive")
            .Produces(StatusCodes.Status200OK);
        endpoints.MapGet("/readyz", Ready).AllowAnonymous().WithTags("Health").WithSummary("Whether to send it requests")
            .Produces(StatusCodes.Status200OK).Produces(StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Alive(HttpContext context) => Answer(context, "alive", StatusCodes.Status200OK);

    private static async Task<IResult> Ready(HealthCheckService checks, HttpContext context, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        return report.Status == HealthStatus.Healthy
            ? Answer(context, "ready", StatusCodes.Status200OK)
            : Answer(context, "not_ready", StatusCodes.Status503ServiceUnavailable);
    }

    // The reason is in the log: what is wrong inside is nobody's business outside.
    private static IResult Answer(HttpContext context, string status, int code)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text($$"""{"status":"{{status}}"}""", "application/json; charset=utf-8", statusCode: code);
    }
}
