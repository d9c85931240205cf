using Cancela.Gate;
using Cancela.Problems;
using Cancela.SignIn;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>For the endpoints where guessing pays: so many requests a minute from one network, and no more.</summary>
internal sealed class Throttled(NetworkThrottle throttle) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        throttle.Count(ClientInfoReader.AddressOf(context.HttpContext)) is { } wait
            ? new(new ProblemResult(Problem.RateLimited) { RetryAfter = wait })
            : next(context);
}
