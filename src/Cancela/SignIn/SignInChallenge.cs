using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cancela.SignIn;

/// <summary>A sign-in whose password was right, as it waits for its second factor.</summary>
/// <param name="Version">Of the account: when it moves on meanwhile, the sign-in begins again.</param>
/// <param name="Scope">What the sign-in is narrowed to.</param>
/// <param name="Methods">How it was proved so far (RFC 8176).</param>
/// <param name="Enrolling">The account had no second factor and needs one: it is enrolled with its first code.</param>
internal sealed partial record SignInChallenge(int Version, string Scope, string Methods, bool Enrolling)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public string Write() => JsonSerializer.Serialize(this, Json.Default.SignInChallenge);

    public static SignInChallenge Read(string text) => JsonSerializer.Deserialize(text, Json.Default.SignInChallenge)!;

    [JsonSerializable(typeof(SignInChallenge))]
    private sealed partial class Json : JsonSerializerContext;
}
