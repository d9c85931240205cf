using Cancela.Problems;
using Microsoft.AspNetCore.Diagnostics;

namespace Cancela.Server.Answers;

/// <summary>A refusal that the framework gives with an empty body says what it is, like all of ours.</summary>
internal static class EmptyAnswers
{
    public static Task ExplainAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        return ProblemOf(context.Response.StatusCode) is { } problem ? new ProblemResult(problem).ExecuteAsync(context) : Task.CompletedTask;
    }

    private static Problem? ProblemOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Problem.MalformedRequest,
        StatusCodes.Status404NotFound => Problem.NotFound,
        StatusCodes.Status405MethodNotAllowed => Problem.MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => Problem.TooLarge,
        StatusCodes.Status415UnsupportedMediaType => Problem.UnsupportedMediaType,
        StatusCodes.Status500InternalServerError => Problem.InternalError,
        _ => null,
    };
}
