namespace Cancela.Endpoints;

/// <summary>What a person calls the device, as far as its user agent tells: browser and system, or the program's own name.</summary>
internal static class DeviceName
{
    // In this order: what comes later claims to be what comes earlier too ("Chrome" says "Safari", "Edg" says "Chrome").
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Macintosh", "macOS"), ("Linux", "Linux"),
    ];

    public static string Of(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent)) return "—";
        var system = Find(Systems, userAgent);
        if (Find(Browsers, userAgent) is { } browser) return system is null ? browser : $"{browser} · {system}";

        // "curl/8.0", "okhttp/4.9", "MyApp/2.1 (Android 14)": the first product (RFC 9110 section 10.1.5) without its version.
        var product = userAgent.Split(' ', 2)[0].Split('/')[0];
        return system is null ? product : $"{product} · {system}";
    }

    private static string? Find((string Sign, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(entry => userAgent.Contains(entry.Sign, StringComparison.Ordinal)).Name;
}
