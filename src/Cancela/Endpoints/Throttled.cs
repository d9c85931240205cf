using Cancela.Gate;
using Cancela.Problems;
using Cancela.SignIn;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>For the endpoints where guessing pays: so many requests a minute from one network, and no more.</summary>
internal sealed class Throttled(NetworkThrottle throttle) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await throttle.CountAsync(ClientInfoReader.AddressOf(context.HttpContext)) is { } wait
            ? new ProblemResult(Problem.RateLimited) { RetryAfter = wait }
            : await next(context);
}
