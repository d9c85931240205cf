namespace Cancela.Server;

/// <summary>What one client may cost at most. Bodies have their own limit at the endpoints (64 KiB).</summary>
internal static class KestrelLimits
{
    public static void Configure(ConfigureWebHostBuilder host) => host.ConfigureKestrel(static options =>
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = 64 * 1024;
        options.Limits.MaxRequestLineSize = 8 * 1024;
        // A bearer token has 8 KiB at most, and a cookie 4 KiB.
        options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        options.Limits.MaxRequestHeaderCount = 64;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        options.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    }).UseKestrelHttpsConfiguration();
}
