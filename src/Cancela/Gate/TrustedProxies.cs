using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;

namespace Cancela.Gate;

/// <summary>
/// Puts the forwarded-headers middleware first, for the configured proxies only. OWASP ASVS 4.1.3: nobody else's word
/// about where a request comes from counts.
/// </summary>
internal sealed class TrustedProxies(IReadOnlyCollection<string> proxies) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (proxies.Count > 0) app.UseForwardedHeaders(Options());
        next(app);
    };

    private ForwardedHeadersOptions Options()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            if (System.Net.IPNetwork.TryParse(proxy, out var network)) options.KnownIPNetworks.Add(network);
            else options.KnownProxies.Add(IPAddress.Parse(proxy));
        }
        return options;
    }
}
