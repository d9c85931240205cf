namespace Cancela.Endpoints;

/// <summary>Answer of <c>GET /auth/me</c>.</summary>
public sealed record MeResponse(UserResponse User, CurrentSession Session);
