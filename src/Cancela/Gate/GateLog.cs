using Microsoft.Extensions.Logging;

namespace Cancela.Gate;

/// <summary>What the gate tells the log: the private sentence of each refusal, never the credential.</summary>
internal sealed partial class GateLog(ILogger<GateLog> logger)
{
    [LoggerMessage(4001, LogLevel.Debug, "Refused with {Code}: {Reason}")]
    public partial void Refused(string code, string reason);

    [LoggerMessage(4002, LogLevel.Error, "The store does not answer: the request is refused with 503")]
    public partial void StoreUnavailable(Exception exception);
}
