using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Cancela.Problems;

/// <summary>A <see cref="Problems.Problem"/> on its way to the caller, as RFC 9457 JSON in the caller's language.</summary>
internal sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Problem Problem { get; } = problem;

    public int? StatusCode => Problem.Status;

    /// <summary>What takes the place of <c>{0}</c> in the sentence.</summary>
    public string? Argument { get; init; }

    /// <summary>For 429 and 503. Rounded up to whole seconds, at least one.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>For <c>validation_failed</c>: what is wrong with each field.</summary>
    public IReadOnlyList<FieldFault> Faults { get; init; } = [];

    /// <summary>RFC 9457 section 3.2: members beyond the common ones.</summary>
    public JsonObject? Extensions { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ProblemMetrics.Count(httpContext, Problem);
        var language = Languages.Of(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Problem.Status;
        response.ContentType = "application/problem+json; charset=utf-8";
        response.Headers.ContentLanguage = language.Tag();
        ResponseHeaders.Protect(response);
        if (Problem.Status is 429 or 503) response.Headers.RetryAfter = Seconds(RetryAfter ?? TimeSpan.FromSeconds(1));

        // The errors of RFC 6749 section 5.2 are told beside ours where an OAuth client listens.
        var forOAuth = httpContext.GetEndpoint()?.Metadata.GetMetadata<OAuthErrors>() is not null;
        await using var json = new Utf8JsonWriter(response.BodyWriter, Writing);
        Write(json, httpContext, language, forOAuth);
    }

    private void Write(Utf8JsonWriter json, HttpContext context, Language language, bool forOAuth)
    {
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(Problem.Status));
        json.WriteNumber("status", Problem.Status);
        json.WriteString("detail", Problem.Detail(language, Argument));
        json.WriteString("code", Problem.Code);
        json.WriteString("trace_id", Trace.IdOf(context));
        if (forOAuth)
        {
            json.WriteString("error", Problem.OAuthError);
            json.WriteString("error_description", Problem.Detail(Language.English, Argument));
        }
        foreach (var (name, value) in Extensions ?? [])
        {
            json.WritePropertyName(name);
            value!.WriteTo(json);
        }
        if (Faults.Count > 0) WriteFaults(json, language);
        json.WriteEndObject();
    }

    private void WriteFaults(Utf8JsonWriter json, Language language)
    {
        json.WriteStartObject("errors");
        foreach (var field in Faults.GroupBy(static fault => fault.Field, StringComparer.Ordinal))
        {
            json.WriteStartArray(field.Key);
            foreach (var fault in field) json.WriteStringValue(language == Language.English ? fault.English : fault.Portuguese);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static string Seconds(TimeSpan time) =>
        Math.Max(1, (long)Math.Ceiling(time.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
