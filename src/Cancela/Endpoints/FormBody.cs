using System.Reflection;
using Cancela.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Cancela.Endpoints;

/// <summary>An <c>application/x-www-form-urlencoded</c> body, as the OAuth endpoints take it.</summary>
internal sealed class FormBody : IReadBody
{
    private readonly IFormCollection _form;

    private FormBody(IFormCollection form, Problem? problem)
    {
        _form = form;
        Fault = problem is null ? null : new ProblemResult(problem);
    }

    public ProblemResult? Fault { get; }

    /// <summary>RFC 6749 section 3.2: "Parameters sent without a value MUST be treated as if they were omitted".</summary>
    public string? this[string name] => _form.TryGetValue(name, out var values) && values[0] is { Length: > 0 } value ? value : null;

    public static async ValueTask<FormBody> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var request = context.Request;
        if (request.ContentType is null && request.ContentLength is null or 0 && parameter.HasDefaultValue) return new(FormCollection.Empty, null);
        if (!IsForm(request)) return new(FormCollection.Empty, Problem.UnsupportedMediaType);
        try
        {
            var form = await new FormFeature(request).ReadFormAsync(context.RequestAborted);
            // RFC 6749 section 3.2: "Request and response parameters MUST NOT be included more than once".
            return form.Any(static field => field.Value.Count > 1) ? new(form, Problem.MalformedRequest) : new(form, null);
        }
        catch (InvalidDataException)
        {
            return new(FormCollection.Empty, Problem.MalformedRequest);
        }
        catch (BadHttpRequestException exception)
        {
            return new(FormCollection.Empty, Bodies.ProblemOf(exception));
        }
    }

    private static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
}
