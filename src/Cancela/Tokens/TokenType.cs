namespace Cancela.Tokens;

/// <summary>The claim <c>type</c>. RFC 8725 section 3.12: mutually exclusive rules for different kinds of JWTs.</summary>
public enum TokenType
{
    /// <summary><c>access</c>, header <c>typ: at+jwt</c> (RFC 9068): opens protected routes, renews nothing.</summary>
    Access,

    /// <summary><c>refresh</c>, header <c>typ: rt+jwt</c>: renews, opens nothing.</summary>
    Refresh,
}
