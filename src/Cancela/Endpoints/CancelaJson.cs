using System.Text.Json.Serialization;

namespace Cancela.Endpoints;

/// <summary>The JSON of the contract, whatever the host has configured for its own: <c>snake_case</c>, strict, source-generated.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(PasswordChangeRequest))]
[JsonSerializable(typeof(UserUpdateRequest))]
[JsonSerializable(typeof(UserEnvelope))]
[JsonSerializable(typeof(SignInResponse))]
[JsonSerializable(typeof(SecondFactorRequest))]
[JsonSerializable(typeof(ChallengeRequest))]
[JsonSerializable(typeof(CodeRequest))]
[JsonSerializable(typeof(TotpEnrolmentResponse))]
[JsonSerializable(typeof(SecondFactorResponse))]
[JsonSerializable(typeof(RecoveryCodesResponse))]
[JsonSerializable(typeof(UserPage))]
[JsonSerializable(typeof(MeResponse))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(IntrospectionResponse))]
[JsonSerializable(typeof(ServerMetadata))]
internal sealed partial class CancelaJson : JsonSerializerContext;
