using Cancela.Problems;
using Cancela.Sql;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cancela.Endpoints;

/// <summary>A store that does not answer is 503 with <c>Retry-After</c>: never an opinion about the caller.</summary>
internal sealed partial class Outages(ILogger<Outages> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ResponseHeaders.Protect(context.HttpContext.Response);
        try
        {
            return await next(context);
        }
        catch (StoreUnavailableException exception)
        {
            StoreUnavailable(exception);
            return new ProblemResult(Problem.StoreUnavailable);
        }
        // A bug of ours: told to the log, and to the caller in one sentence without a stack trace.
        catch (Exception exception) when (!context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            Failed(Trace.IdOf(context.HttpContext), exception);
            return new ProblemResult(Problem.InternalError);
        }
    }

    [LoggerMessage(6001, LogLevel.Error, "The store does not answer: the request is refused with 503")]
    private partial void StoreUnavailable(Exception exception);

    [LoggerMessage(6002, LogLevel.Error, "An endpoint failed: the request is refused with 500, trace {TraceId}")]
    private partial void Failed(string traceId, Exception exception);
}
