using Cancela.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cancela.Endpoints;

/// <summary>
/// What OpenAPI is told of an endpoint, in the words of <c>MapCancela</c>: it takes a body, recognizes a caller, answers,
/// and refuses with a problem of some status. What holds for a group is said of the group.
/// </summary>
internal static class Descriptions
{
    /// <summary>The body is JSON.</summary>
    public static RouteHandlerBuilder Takes<TBody>(this RouteHandlerBuilder endpoint) where TBody : notnull =>
        endpoint.Accepts<TBody>("application/json").RefusesUnreadable();

    /// <summary>The body is a form.</summary>
    public static RouteHandlerBuilder TakesForm(this RouteHandlerBuilder endpoint, string[] required, string[] optional) =>
        endpoint.WithMetadata(new FormFields(required, optional)).RefusesUnreadable();

    /// <summary>The query may have a field of this name.</summary>
    public static RouteHandlerBuilder TakesQuery<T>(this RouteHandlerBuilder endpoint, string name, string description) =>
        endpoint.WithMetadata(new QueryField(name, typeof(T), description));

    /// <summary>Callers show who they are.</summary>
    public static TBuilder Recognizes<TBuilder>(this TBuilder endpoints, CallerProof proof) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(proof);

    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, int status) => endpoint.Produces(status);

    public static RouteHandlerBuilder Answers<TAnswer>(this RouteHandlerBuilder endpoint, int status) => endpoint.Produces<TAnswer>(status);

    public static TBuilder Refuses<TBuilder>(this TBuilder endpoints, params int[] statuses) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata([.. statuses.Select(static status => new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]))]);

    /// <summary>Refuses so that OAuth clients understand it too.</summary>
    public static RouteHandlerBuilder AsOAuth(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(OAuthErrors.Instance);

    /// <summary>Counts the requests of each network, and refuses what is too many.</summary>
    public static RouteGroupBuilder Throttle(this RouteGroupBuilder group) => group.AddEndpointFilter<Throttled>().Refuses(StatusCodes.Status429TooManyRequests);

    // What UnreadableBodies answers.
    private static RouteHandlerBuilder RefusesUnreadable(this RouteHandlerBuilder endpoint) => endpoint.Refuses(
        StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);
}
