namespace Cancela.Server.Answers;

/// <summary>The content security policies, one a kind of answer (OWASP ASVS 3.4.3). None allows inline code or another origin.</summary>
internal static class ContentPolicies
{
    /// <summary>For what is no page.</summary>
    public const string Nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>For our pages.</summary>
    public const string Page =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>For Swagger UI: as our pages, and the small pictures that its style sheet carries in itself.</summary>
    public const string Docs =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}
