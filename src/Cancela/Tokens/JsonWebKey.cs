using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cancela.Tokens;

/// <summary>Public keys as others write them (RFC 7517, RFC 7518 section 6).</summary>
internal static class JsonWebKey
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>RFC 7638: the SHA-256 of the required members.</summary>
    public static string Thumbprint(string requiredMembers) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(requiredMembers)));

    public static bool TryRead(
        ReadOnlySpan<byte> jwk, DateTimeOffset readAt, [NotNullWhen(true)] out SigningKey? key, [NotNullWhen(false)] out string? fault)
    {
        (key, fault) = (null, null);
        try
        {
            using var document = JsonDocument.Parse(jwk.ToArray(), Strict);
            key = Read(document.RootElement, readAt);
            return true;
        }
        catch (JsonException)
        {
            fault = "The key is not JSON.";
        }
        catch (Exception refused) when (refused is ArgumentException or CryptographicException or InvalidOperationException)
        {
            fault = refused.Message;
        }
        return false;
    }

    /// <exception cref="ArgumentException">It is not a key that we use.</exception>
    /// <exception cref="CryptographicException">Its numbers are no key.</exception>
    public static SigningKey Read(JsonElement jwk, DateTimeOffset readAt)
    {
        if (jwk.ValueKind != JsonValueKind.Object) throw new ArgumentException("A key is a JSON object.");
        // A private key where a public one was expected has leaked: using it quietly would help nobody.
        if (jwk.TryGetProperty("d", out _)) throw new ArgumentException("Here stands a private key; a public one was expected.");
        if (Text(jwk, "use") is { } use && use != "sig") throw new ArgumentException("The key's use is not \"sig\".");
        if (jwk.TryGetProperty("key_ops", out var operations) && !MayVerify(operations))
            throw new ArgumentException("The key's key_ops do not have \"verify\".");
        SignatureScheme scheme = (Text(jwk, "kty"), Text(jwk, "alg")) switch
        {
            ("EC", null or "ES256") => new EcdsaScheme(ReadEc(jwk)),
            ("RSA", "RS256") => new RsaScheme(SigningAlgorithm.RS256, ReadRsa(jwk)),
            ("RSA", "PS256") => new RsaScheme(SigningAlgorithm.PS256, ReadRsa(jwk)),
            ("RSA", null) => throw new ArgumentException("An RSA key names its alg: one key, one algorithm."),
            _ => throw new ArgumentException("The key is none of ES256, RS256 and PS256."),
        };
        return new SigningKey(scheme, readAt, Text(jwk, "kid"));
    }

    private static bool MayVerify(JsonElement operations) =>
        operations.ValueKind == JsonValueKind.Array
        && operations.EnumerateArray().Any(static operation => operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify"u8));

    private static ECParameters ReadEc(JsonElement jwk)
    {
        if (Text(jwk, "crv") != "P-256") throw new ArgumentException("An ES256 key lies on the curve P-256.");
        var point = new ECPoint { X = Number(jwk, "x"), Y = Number(jwk, "y") };
        // RFC 7518 section 6.2.1.2: the coordinate's octets "MUST be" the full size, with leading zeros.
        if (point.X.Length != 32 || point.Y.Length != 32) throw new ArgumentException("A coordinate on P-256 has 32 bytes.");
        return new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point };
    }

    private static RSAParameters ReadRsa(JsonElement jwk) => new() { Modulus = Number(jwk, "n"), Exponent = Number(jwk, "e") };

    private static byte[] Number(JsonElement jwk, string name)
    {
        var text = Encoding.UTF8.GetBytes(Text(jwk, name) ?? throw new ArgumentException($"The key has no {name}."));
        var bytes = new byte[StrictBase64Url.DecodedLength(text.Length)];
        return StrictBase64Url.TryDecode(text, bytes, out _) ? bytes : throw new ArgumentException($"The key's {name} is not base64url.");
    }

    private static string? Text(JsonElement jwk, string name) => jwk.TryGetProperty(name, out var value) ? value.GetString() : null;
}
