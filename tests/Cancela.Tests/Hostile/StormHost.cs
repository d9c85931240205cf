namespace Cancela.Tests.Hostile;

/// <summary>A host for storms: its background timers lie far apart, so that the clock moves only for those who wait.</summary>
internal static class StormHost
{
    /// <summary>How far ahead a timer may lie that a test moves the clock to: no sign-in is delayed for longer.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromSeconds(2);

    public static Task<CancelaHost> StartAsync(string? profile = null, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Limits:PerNetwork"] = "0",
            ["Revocation:MaxStaleness"] = "00:05:00",
            ["Revocation:PollInterval"] = "00:02:00",
        };
        foreach (var (name, value) in settings) all[name] = value;
        return CancelaHost.StartAsync(profile, all);
    }

    /// <summary>Tries a password as a stranger.</summary>
    public static async Task<Reply> TryAsync(this CancelaHost host, string email, string password = Person.Password)
    {
        using var client = host.Client();
        return await client.PostAsync("/auth/login", new { email, password });
    }

    /// <summary>Shows a refresh token.</summary>
    public static async Task<Reply> RefreshAsync(this CancelaHost host, string refreshToken)
    {
        using var client = host.Client();
        client.Bearer = refreshToken;
        return await client.PostAsync("/auth/refresh");
    }

    public static async Task<Reply> MeAsync(this CancelaHost host, string accessToken)
    {
        using var client = host.Client();
        client.Bearer = accessToken;
        return await client.GetAsync("/auth/me");
    }
}
