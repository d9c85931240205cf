using System.Buffers.Text;
using System.Text;
using Cancela.Tokens;

namespace Cancela.Tests.Tokens;

/// <summary>A reader, a writer, keys and a manual clock; and a pen that signs whatever text a test wants signed.</summary>
internal sealed class TokenLab
{
    public TokenLab(SigningKey? key = null, TokenOptions? options = null)
    {
        Options = options ?? new TokenOptions();
        Key = key ?? SigningKey.Generate(SigningAlgorithm.HS256, Clock.GetUtcNow());
        Keys = new Keys(new KeyRing([Key]));
        Writer = new TokenWriter(Options, Keys);
        Reader = new TokenReader(Options, Keys, Clock);
    }

    public ManualClock Clock { get; } = new();

    public TokenOptions Options { get; }

    public SigningKey Key { get; }

    public Keys Keys { get; }

    public TokenWriter Writer { get; }

    public TokenReader Reader { get; }

    public long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public TokenClaims Access => new(
        TokenType.Access, Guid.CreateVersion7(), Guid.CreateVersion7(), 3, Guid.CreateVersion7(), Now, Now + 900, Now - 60, "pwd otp",
        "ana@example.com", "USER", "read write");

    public TokenClaims Refresh => Access with { Type = TokenType.Refresh, Email = null, Role = null, Scope = null, Generation = 7 };

    public string Header => $$"""{"alg":"{{Key.Algorithm}}","typ":"at+jwt","kid":"{{Key.KeyId}}"}""";

    /// <summary>The claims of a valid access token; <c>{extra}</c> goes in front of them.</summary>
    public string Payload(string extra = "") => "{" + extra + PayloadMembers + "}";

    public string PayloadMembers =>
        $$""" "iss":"cancela","aud":"cancela","sub":"{{Guid.CreateVersion7()}}","iat":{{Now}},"exp":{{Now + 900}},"jti":"{{Guid.CreateVersion7()}}","sid":"{{Guid.CreateVersion7()}}","ver":1,"type":"access" """;

    public string Write(TokenClaims claims) => Writer.Write(claims);

    public TokenReading Read(string token, TokenType expected = TokenType.Access) => Reader.Read(token, expected);

    public TokenReading ReadPayload(string payload) => Read(Sign(Header, payload, Key));

    public static string Sign(string header, string payload, SigningKey key) => Sign(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload), key);

    public static string Sign(byte[] header, byte[] payload, SigningKey key) => SignText(Base64Url.EncodeToString(header), Base64Url.EncodeToString(payload), key);

    /// <summary>Signs parts that are encoded already, rightly or wrongly.</summary>
    public static string SignText(string header, string payload, SigningKey key)
    {
        var input = $"{header}.{payload}";
        var signature = new byte[key.SignatureLength];
        key.Sign(Encoding.ASCII.GetBytes(input), signature);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }
}
