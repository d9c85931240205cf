using Microsoft.AspNetCore.Http;

namespace Cancela.Gate;

/// <summary>The cookie of the browser slot. Section <c>Cancela:Cookie</c>.</summary>
public sealed class CookieCarrierOptions
{
    /// <summary>
    /// Default: <c>__Host-session_id</c> (RFC 6265bis section 4.1.3.2: only over HTTPS, for this host, for the whole of it), and
    /// <c>session_id</c> over plain HTTP on loopback in Development, where browsers would refuse the prefix. Set to
    /// <c>session_id</c> for <c>session</c> to the letter.
    /// </summary>
    public string? Name { get; set; }

    /// <summary><c>Lax</c> (default) or <c>Strict</c>.</summary>
    public SameSiteMode SameSite { get; set; } = SameSiteMode.Lax;

    internal static bool IsName(string name) => name.Length is > 0 and <= 64 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    internal IEnumerable<string> Faults()
    {
        if (SameSite is not (SameSiteMode.Lax or SameSiteMode.Strict)) yield return "Cancela:Cookie:SameSite must be Lax or Strict.";
        if (Name is not null && !IsName(Name))
            yield return "Cancela:Cookie:Name must have 1 to 64 letters, digits, '_' or '-'.";
    }
}
