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
    }

    [LoggerMessage(6001, LogLevel.Error, "The store does not answer: the request is refused with 503")]
    private partial void StoreUnavailable(Exception exception);
}
