using Cancela.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Cancela.Endpoints;

/// <summary>What holds for every body.</summary>
internal sealed class Bodies : IRequestSizeLimitMetadata
{
    /// <summary>Endpoint metadata: no endpoint needs more, and what is larger is refused before it is read.</summary>
    public static readonly Bodies Limit = new();

    public long? MaxRequestBodySize => 64 * 1024;

    public static Problem ProblemOf(BadHttpRequestException exception) =>
        exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problem.TooLarge : Problem.MalformedRequest;
}
