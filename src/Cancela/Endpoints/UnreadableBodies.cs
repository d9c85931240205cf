using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>Answers for handlers whose body could not be read.</summary>
internal sealed class UnreadableBodies : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is IReadBody { Fault: { } fault }) return new(fault);
        }
        return next(context);
    }
}
