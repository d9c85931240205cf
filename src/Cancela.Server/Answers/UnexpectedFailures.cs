using Cancela.Endpoints;
using Cancela.Problems;
using Cancela.Sql;

namespace Cancela.Server.Answers;

/// <summary>The last line of defence: what nobody caught is a problem with a trace ID, and its story is in the log only.</summary>
internal sealed partial class UnexpectedFailures(RequestDelegate next, ILogger<UnexpectedFailures> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await new ProblemResult(ProblemOf(exception, context)).ExecuteAsync(context);
        }
    }

    private Problem ProblemOf(Exception exception, HttpContext context)
    {
        if (exception is BadHttpRequestException bad) return Bodies.ProblemOf(bad);
        Failed(Trace.IdOf(context), exception);
        return exception is StoreUnavailableException ? Problem.StoreUnavailable : Problem.InternalError;
    }

    [LoggerMessage(9001, LogLevel.Error, "A request failed unexpectedly, trace {TraceId}")]
    private partial void Failed(string traceId, Exception exception);
}
