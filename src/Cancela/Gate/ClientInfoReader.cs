using System.Net;
using Cancela.Audit;
using Cancela.Problems;
using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>From where a request came. Forwarded addresses are the concern of the forwarded-headers middleware, which knows the trusted proxies.</summary>
internal static class ClientInfoReader
{
    private const int MostUserAgent = 400;

    public static ClientInfo Of(HttpContext context) =>
        new(AddressOf(context)?.ToString(), UserAgentOf(context), Trace.IdOf(context));

    public static IPAddress? AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
    }

    // Stored and shown: what could break a line or a terminal becomes a space.
    private static string? UserAgentOf(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        if (agent.Length == 0) return null;
        if (agent.Length > MostUserAgent) agent = agent[..MostUserAgent];
        return string.Create(agent.Length, agent, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(text[i]) || char.IsSurrogate(text[i]) ? ' ' : text[i];
        });
    }
}
