namespace Cancela.Problems;

/// <summary>
/// One way of saying no: a stable code for programs, a status for HTTP, and a sentence for people in each
/// language. The shape on the wire is RFC 9457 (<c>application/problem+json</c>).
/// </summary>
/// <param name="Code">Stable, in English, <c>snake_case</c>. Clients may branch on it.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Portuguese">The sentence in Brazilian Portuguese. <c>{0}</c> takes the one argument, if any.</param>
/// <param name="English">The same sentence in English.</param>
/// <param name="OAuthError">The member <c>error</c> of RFC 6749 section 5.2, on token, revocation and introspection endpoints.</param>
public sealed partial record Problem(string Code, int Status, string Portuguese, string English, string OAuthError = "invalid_request")
{
    /// <summary>The sentence in the language asked for, with its argument put in.</summary>
    public string Detail(Language language, string? argument = null)
    {
        var sentence = language == Language.English ? English : Portuguese;
        return argument is null ? sentence : sentence.Replace("{0}", argument, StringComparison.Ordinal);
    }
}
