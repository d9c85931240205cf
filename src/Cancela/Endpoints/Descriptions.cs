using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Cancela.Endpoints;

/// <summary>What OpenAPI is told of an endpoint: its body, its answer, and the statuses of its problems.</summary>
internal static class Descriptions
{
    private const string ProblemJson = "application/problem+json";

    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, int success, params int[] problems) =>
        endpoint.Produces(success).Problems(problems);

    public static RouteHandlerBuilder Describe<TAnswer>(this RouteHandlerBuilder endpoint, int success, params int[] problems) where TAnswer : notnull =>
        success == StatusCodes.Status204NoContent
            ? endpoint.Accepts<TAnswer>("application/json").Produces(success).Problems(problems)
            : endpoint.Produces<TAnswer>(success).Problems(problems);

    public static RouteHandlerBuilder Describe<TAnswer, TBody>(this RouteHandlerBuilder endpoint, int success, params int[] problems) where TBody : notnull =>
        endpoint.Accepts<TBody>("application/json").Produces<TAnswer>(success).Problems(problems);

    public static RouteHandlerBuilder DescribeForm(this RouteHandlerBuilder endpoint, int success, params int[] problems) =>
        endpoint.Produces(success).Problems(problems);

    public static RouteHandlerBuilder DescribeForm<TAnswer>(this RouteHandlerBuilder endpoint, int success, params int[] problems) =>
        endpoint.Produces<TAnswer>(success).Problems(problems);

    private static RouteHandlerBuilder Problems(this RouteHandlerBuilder endpoint, int[] statuses)
    {
        foreach (var status in statuses) endpoint.Produces<ProblemDetails>(status, ProblemJson);
        return endpoint;
    }
}
