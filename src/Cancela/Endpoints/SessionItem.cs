using Cancela.Strategies;

namespace Cancela.Endpoints;

/// <summary>One sign-in that is alive.</summary>
/// <param name="Id">The <c>sid</c> of its tokens; what <c>DELETE /auth/sessions/{id}</c> takes.</param>
/// <param name="Current">Whether it is the one that asks.</param>
/// <param name="Strategy">How it is kept.</param>
/// <param name="Device">A readable name made of the user agent.</param>
/// <param name="Ip">From where it was opened.</param>
/// <param name="UserAgent">As it was sent when it was opened.</param>
/// <param name="CreatedAt">When they signed in.</param>
/// <param name="LastSeenAt">When it was last used, to about a minute.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
public sealed record SessionItem(
    Guid Id, bool Current, string Strategy, string Device, string? Ip, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt)
{
    internal static SessionItem Of(SessionRow row, Guid current) => new(
        row.Id, row.Id == current, row.Strategy, DeviceName.Of(row.UserAgent), row.IpAddress, row.UserAgent, row.CreatedAt, row.LastSeenAt, row.ExpiresAt);
}
