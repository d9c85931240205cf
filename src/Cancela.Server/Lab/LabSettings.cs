using System.Buffers.Text;
using System.Security.Cryptography;

namespace Cancela.Server.Lab;

/// <summary>
/// What a server under test is configured with: of the deployment's settings those that cost something whatever the strategy
/// is, and nothing that would make a profile another one.
/// </summary>
internal static class LabSettings
{
    private const int SecretBytes = 32;
    private static readonly string[] Taken = ["Password", "Revocation", "Signing:Algorithm", "Issuer", "Audience"];

    /// <summary>The same for all servers of a run. Its secret is made for it, and known to nobody afterwards.</summary>
    public static Dictionary<string, string> Of(IConfiguration configuration)
    {
        var section = configuration.GetSection(CancelaSettings.Section);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = Environments.Production,
            [CancelaSettings.Section + ":Signing:Secret"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)),
            // All requests come from one network, and are to be answered.
            [CancelaSettings.Section + ":Limits:PerNetwork"] = "0",
        };
        foreach (var name in Taken)
            foreach (var (path, value) in section.GetSection(name).AsEnumerable())
                if (value is not null) settings[path] = value;
        return settings;
    }
}
