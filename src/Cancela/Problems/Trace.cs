using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Cancela.Problems;

/// <summary>The name by which the caller's problem, the log line and the audit row are found together.</summary>
internal static class Trace
{
    /// <summary>The W3C trace ID where there is one, else the connection's and request's number.</summary>
    public static string IdOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
