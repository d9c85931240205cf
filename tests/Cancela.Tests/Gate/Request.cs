using System.Net;
using Microsoft.AspNetCore.Http;

namespace Cancela.Tests.Gate;

/// <summary>A request as a server hands it to the gate, without a server.</summary>
internal static class Request
{
    public static DefaultHttpContext Of(string method = "GET", string url = "https://app.example.com/", string? peer = "203.0.113.7", params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        var address = new Uri(url);
        context.Request.Method = method;
        context.Request.Scheme = address.Scheme;
        context.Request.Host = new HostString(address.Authority);
        context.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        foreach (var (name, value) in headers) context.Request.Headers.Append(name, value);
        return context;
    }

    public static DefaultHttpContext With(params (string Name, string Value)[] headers) => Of(headers: headers);
}
