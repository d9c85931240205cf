using System.Globalization;
using System.Net;
using Cancela.Exchange;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Cancela.Gate;

/// <summary>Takes a credential to the browser and back in a cookie that scripts cannot read.</summary>
/// <param name="options">The cookie.</param>
/// <param name="environment">Where we run.</param>
/// <param name="clock">Says how old a cookie may become.</param>
/// <param name="others">Its names before and after a change.</param>
internal sealed class CookieCarrier(CookieCarrierOptions options, IHostEnvironment environment, TimeProvider clock, CookieNames others)
{
    public const string SecureName = "__Host-session_id";
    public const string PlainName = "session_id";

    private readonly bool _development = environment.IsDevelopment();
    private readonly HeaderMemory<Found> _found = new();

    // The value in the only header line there was, under the name that was looked for.
    private sealed record Found(string Name, string Value);

    /// <summary>
    /// The value of the cookie. The header is read as it came: the framework's collection folds names that differ in case,
    /// and hides that one came twice.
    /// </summary>
    public CookieCount Read(HttpContext context, out string value)
    {
        var headers = context.Request.Headers.Cookie;
        if (headers.Count == 0)
        {
            value = "";
            return CookieCount.None;
        }
        var name = NameFor(context);
        var only = headers.Count == 1 ? headers[0] : null;
        if (only is not null && _found.Find(only) is { } known && ReferenceEquals(known.Name, name))
        {
            value = known.Value;
            return CookieCount.One;
        }
        var count = Read(context, name, out value);
        if (count == CookieCount.One && only is not null) _found.Keep(only, new(name, value));
        if (count == CookieCount.None && others.Coming is { } coming) count = Read(context, coming, out value);
        if (count == CookieCount.None && others.Former is { } former) count = Read(context, former, out value);
        return count;
    }

    /// <summary>Whether the only cookie that counts has the former name.</summary>
    public bool CameByFormerName(HttpContext context) =>
        others.Former is { } former && Read(context, NameFor(context), out _) == CookieCount.None
        && (others.Coming is not { } coming || Read(context, coming, out _) == CookieCount.None)
        && Read(context, former, out _) == CookieCount.One;

    private static CookieCount Read(HttpContext context, string name, out string value)
    {
        value = "";
        var count = CookieCount.None;
        foreach (var header in context.Request.Headers.Cookie)
        {
            foreach (var part in header.AsSpan().Split(';'))
            {
                var pair = header.AsSpan(part).Trim(' ');
                if (pair.Length <= name.Length || pair[name.Length] != '=' || !pair.StartsWith(name, StringComparison.Ordinal)) continue;
                if (count != CookieCount.None) return CookieCount.Several;
                value = pair[(name.Length + 1)..].ToString();
                count = CookieCount.One;
            }
        }
        return count;
    }

    // A token's exp is in whole seconds, the clock is not: rounded up, a day is 86400 seconds and not one less.
    public void Write(HttpContext context, string credential, DateTimeOffset expiresAt)
    {
        var maxAge = expiresAt - clock.GetUtcNow();
        Set(context, NameFor(context), credential, maxAge > TimeSpan.Zero ? maxAge : TimeSpan.Zero);
    }

    /// <summary>Tells the browser to forget it. The attributes are those that it was set with, or the browser keeps it.</summary>
    public void Clear(HttpContext context)
    {
        var name = NameFor(context);
        Set(context, name, "", TimeSpan.Zero);
        foreach (var other in others.All)
            if (other != name && Read(context, other, out _) != CookieCount.None) Set(context, other, "", TimeSpan.Zero);
    }

    private string NameFor(HttpContext context) => options.Name ?? (IsSecure(context) ? SecureName : PlainName);

    // The contract's line to the letter: the framework would write the attributes in lower case and in an order of its own.
    private void Set(HttpContext context, string name, string value, TimeSpan maxAge)
    {
        var secure = IsSecure(context) ? "Secure; " : "";
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{name}={value}; HttpOnly; {secure}SameSite={options.SameSite}; Path=/; Max-Age={Math.Ceiling(maxAge.TotalSeconds)}");

        // RFC 6265 section 4.1.1: "Servers SHOULD NOT include more than one Set-Cookie header field in the same response with the same cookie-name."
        var others = context.Response.Headers.SetCookie.Where(other => other?.StartsWith(name + "=", StringComparison.Ordinal) != true);
        context.Response.Headers.SetCookie = new([.. others, line]);
    }

    // Behind a proxy that ends TLS the request is plain and the cookie is Secure all the same: only on a developer's own
    // machine does a browser speak plain HTTP to us.
    private bool IsSecure(HttpContext context) =>
        !_development || context.Request.IsHttps || context.Connection.RemoteIpAddress is not { } peer || !IPAddress.IsLoopback(peer);
}
