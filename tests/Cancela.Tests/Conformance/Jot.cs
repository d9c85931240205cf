using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Cancela.Tests.Conformance;

/// <summary>
/// A JWT as another service reads it that holds the key: split at the dots, base64url, JSON, and HMAC-SHA256 of the framework.
/// It shares nothing with the code under test.
/// </summary>
internal sealed record Jot(JsonObject Header, JsonObject Claims, string SigningInput, byte[] Signature)
{
    public static byte[] Key { get; } = Base64Url.DecodeFromChars(TestSecret.Value);

    public bool IsSignedByUs => HMACSHA256.HashData(Key, Encoding.ASCII.GetBytes(SigningInput)).AsSpan().SequenceEqual(Signature);

    public string? Text(string claim) => (string?)Claims[claim];

    public long Number(string claim) => (long)Claims[claim]!;

    public Guid Id(string claim) => Guid.Parse(Text(claim)!);

    public TimeSpan Life => TimeSpan.FromSeconds(Number("exp") - Number("iat"));

    public IEnumerable<string> Names => Claims.Select(claim => claim.Key).Order(StringComparer.Ordinal);

    public static Jot Read(string? token)
    {
        var parts = token!.Split('.');
        if (parts.Length != 3) throw new FormatException("A JWT has three parts.");
        return new Jot(Json(parts[0]), Json(parts[1]), $"{parts[0]}.{parts[1]}", Base64Url.DecodeFromChars(parts[2]));
    }

    /// <summary>The same token, said differently and signed with the same key.</summary>
    public string Forge(Action<JsonObject> change, byte[]? key = null)
    {
        var claims = Claims.DeepClone().AsObject();
        change(claims);
        var input = $"{SigningInput.Split('.')[0]}.{Part(claims)}";
        return $"{input}.{Base64Url.EncodeToString(HMACSHA256.HashData(key ?? Key, Encoding.ASCII.GetBytes(input)))}";
    }

    private static JsonObject Json(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
