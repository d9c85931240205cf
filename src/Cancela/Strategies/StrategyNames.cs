namespace Cancela.Strategies;

/// <summary>The names of the five strategies, as settings, device lists and the audit log write them.</summary>
public static class StrategyNames
{
    /// <summary>S1: an opaque session ID in a cookie.</summary>
    public const string Session = "session";

    /// <summary>S2: one stateless bearer token.</summary>
    public const string Jwt = "jwt";

    /// <summary>S2b: the same token in a cookie.</summary>
    public const string JwtCookie = "jwt-cookie";

    /// <summary>S3: access token and stateless refresh token.</summary>
    public const string RefreshDenylist = "refresh-denylist";

    /// <summary>S4: access and refresh token, both renewed.</summary>
    public const string RefreshRotation = "refresh-rotation";
}
