using System.Text.Json.Serialization;

namespace Cancela.Endpoints;

/// <summary>Who is signed in.</summary>
/// <param name="User">The account.</param>
/// <param name="RecoveryCodes">Those of a second factor that was enrolled with this sign-in, told once; else left out.</param>
public sealed record SignInResponse(
    UserResponse User,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? RecoveryCodes);
