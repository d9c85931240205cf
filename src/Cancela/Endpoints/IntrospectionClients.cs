using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>The services that may introspect, known by HTTP Basic (RFC 6749 section 2.3.1).</summary>
internal sealed class IntrospectionClients(IEnumerable<ClientOptions> clients)
{
    private readonly Dictionary<string, byte[]> _hashes = clients.ToDictionary(static client => client.Id, static client => Hash(client.Secret), StringComparer.Ordinal);

    public bool Knows(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)) return false;
        if (!"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase) || header.Parameter is null) return false;
        var buffer = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, buffer, out var written)) return false;
        var pair = Encoding.UTF8.GetString(buffer, 0, written).Split(':', 2);
        if (pair.Length != 2) return false;

        // RFC 6749 section 2.3.1: both are form-encoded before they are joined. An unknown name costs the same comparison.
        var known = _hashes.TryGetValue(WebUtility.UrlDecode(pair[0]), out var hash);
        return CryptographicOperations.FixedTimeEquals(Hash(WebUtility.UrlDecode(pair[1])), hash ?? new byte[32]) && known;
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
