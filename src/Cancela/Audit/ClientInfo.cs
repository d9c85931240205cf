namespace Cancela.Audit;

/// <summary>From where a request came, as far as the server can tell.</summary>
/// <param name="IpAddress">The peer's address, or the one that a trusted proxy forwarded.</param>
/// <param name="UserAgent">The header, cut to 400 characters, control characters replaced.</param>
/// <param name="TraceId">Finds the log lines of the request.</param>
internal sealed record ClientInfo(string? IpAddress, string? UserAgent, string? TraceId)
{
    /// <summary>Something that happened without a request: the command line, a background job.</summary>
    public static readonly ClientInfo None = new(null, null, null);
}
