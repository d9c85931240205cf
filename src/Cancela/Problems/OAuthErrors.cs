namespace Cancela.Problems;

/// <summary>Endpoint metadata: problems told here also carry <c>error</c> and <c>error_description</c> (RFC 6749 section 5.2).</summary>
internal sealed class OAuthErrors
{
    public static readonly OAuthErrors Instance = new();
}
