using Cancela.Strategies;

namespace Cancela.Endpoints;

/// <summary>The sign-in that the request's credential belongs to.</summary>
/// <param name="Id">The <c>sid</c> of its tokens.</param>
/// <param name="Strategy">How it is kept.</param>
/// <param name="CreatedAt">When they signed in.</param>
/// <param name="ExpiresAt">When the credential shown expires.</param>
/// <param name="Amr">How they signed in (RFC 8176).</param>
public sealed record CurrentSession(Guid Id, string Strategy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, IReadOnlyList<string> Amr)
{
    internal static CurrentSession Of(Caller caller) =>
        new(caller.SessionId, caller.Strategy, caller.AuthenticatedAt, caller.ExpiresAt, Scopes.Split(caller.Methods));
}
