namespace Cancela.Endpoints;

/// <summary><c>{"user": …}</c>.</summary>
public sealed record UserEnvelope(UserResponse User);
