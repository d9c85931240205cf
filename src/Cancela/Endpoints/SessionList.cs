namespace Cancela.Endpoints;

/// <summary>Answer of <c>GET /auth/sessions</c>: the account's devices, newest first.</summary>
public sealed record SessionList(IReadOnlyList<SessionItem> Sessions);
