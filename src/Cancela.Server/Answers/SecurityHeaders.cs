namespace Cancela.Server.Answers;

/// <summary>
/// Headers of every answer (OWASP ASVS 3.4). An endpoint that sets one itself is stricter or knows better; what it leaves
/// out is filled in when the answer leaves.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, IHostEnvironment environment)
{
    private const string OneYear = "max-age=31536000; includeSubDomains";

    private readonly bool _development = environment.IsDevelopment();

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            FillIn(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private void FillIn(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd("Content-Security-Policy", ContentPolicies.Nothing);
        if (context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
            headers["Cross-Origin-Opener-Policy"] = "same-origin";

        // RFC 6797 section 7.2: "An HSTS Host MUST NOT include the STS header field in HTTP responses conveyed over non-secure transport."
        if (context.Request.IsHttps && !_development) headers.StrictTransportSecurity = OneYear;
    }
}
