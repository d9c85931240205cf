using System.Buffers;
using System.Text.Json;

namespace Cancela.Tokens;

/// <summary>JWK sets (RFC 7517 section 5): ours as we publish it, and others' as we read them.</summary>
internal static class JsonWebKeySet
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>The public halves of the keys that verify now, as UTF-8 JSON. A secret has no public half: with HS256 the set is empty.</summary>
    public static byte[] Write(KeyRing ring)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys"u8);
            foreach (var key in ring.Verifying.Where(static key => key.Algorithm != SigningAlgorithm.HS256).OrderByDescending(static key => key.CreatedAt))
                key.WriteJwk(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The keys of a set that we can use. RFC 7517 section 5: implementations SHOULD ignore keys whose <c>kty</c> or values
    /// they do not understand.
    /// </summary>
    /// <exception cref="FormatException">It is not a JWK set.</exception>
    public static IReadOnlyList<SigningKey> Read(ReadOnlySpan<byte> json, DateTimeOffset readAt)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), Strict);
            var keys = new List<SigningKey>();
            foreach (var jwk in document.RootElement.GetProperty("keys"u8).EnumerateArray())
                if (JsonWebKey.TryRead(System.Text.Encoding.UTF8.GetBytes(jwk.GetRawText()), readAt, out var key, out _)) keys.Add(key);
            return keys;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("This is not a JWK set.", fault);
        }
    }
}
