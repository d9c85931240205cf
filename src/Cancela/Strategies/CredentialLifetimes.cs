using Cancela.Strategies.Sessions;
using Cancela.Tokens;

namespace Cancela.Strategies;

/// <summary>How long the credentials of each strategy can still be shown: as long as a revocation of them must be remembered.</summary>
internal sealed class CredentialLifetimes(SessionOptions session, JwtOptions jwt, RefreshOptions refresh)
{
    public static readonly TimeSpan DenylistAccess = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan RotationAccess = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The longest that any setting allows. Settings may have been longer before the last restart than they are now: what was
    /// handed out then must not come back to life because its revocation was forgotten by today's measure.
    /// </summary>
    public static readonly TimeSpan Possible = RefreshOptions.MostLifetime + RefreshOptions.MostAccessLifetime + TimeSpan.FromDays(1);

    /// <summary>
    /// How far the clock of the node that ends a session may run behind the others'. Where an end is reckoned from its own
    /// time, they would else forget the revocation before their memory of the session does.
    /// </summary>
    public static readonly TimeSpan ClocksApart = TimeSpan.FromHours(1);

    /// <summary>S3's access token.</summary>
    public TimeSpan DenylistAccessLifetime => refresh.AccessLifetimeOr(DenylistAccess);

    /// <summary>S4's access token.</summary>
    public TimeSpan RotationAccessLifetime => refresh.AccessLifetimeOr(RotationAccess);

    /// <summary>The longest that anything validated without the store and issued under today's settings can live.</summary>
    public TimeSpan Longest =>
        new[] { RememberedFor, jwt.Lifetime, refresh.Lifetime + DenylistAccessLifetime, RotationAccessLifetime }.Max();

    /// <summary>
    /// How long after its end what was read of a session before can still be in somebody's memory. Longest of all: a row is read just
    /// before the commit that ends the session, the lease of its reader runs almost out before the copy is put, the copy is found
    /// just before it runs out too, and the node that found it remembers it as long as it may. Everything in this
    /// sum is an upper bound, and is counted whether or not this node shares copies: others may. Its own memory counts twice, as the
    /// nodes may not all have the same settings. For so long the set refuses what a copy says, however it escaped its withdrawal.
    /// </summary>
    private TimeSpan RememberedFor => (session.CacheLifetime * 2) + CopyLifetimes.Longest;

    /// <summary>
    /// When the last credential of a session that ends now expires by itself. A session ID only has to be outlived by what
    /// nodes remember of its row; S4's refresh token asks the row as well, so only its access token matters. What a
    /// former strategy handed out for it counts like its own.
    /// </summary>
    public DateTimeOffset EndOfCredentials(SessionRow row, DateTimeOffset now)
    {
        now += ClocksApart;
        var end = EndByStrategy(row, now);
        if (row.SecretExpiresAt is not null && end < now + RememberedFor) end = now + RememberedFor;
        return row.CredentialsUntil > end ? row.CredentialsUntil.Value : end;
    }

    /// <summary>
    /// When the last credential of a sign-in without a row expires by itself, by what a token of it says. Not by today's settings:
    /// it may have been handed out under others.
    /// </summary>
    public static DateTimeOffset EndOfCredentials(TokenClaims shown)
    {
        var renewableUntil = shown.Type == TokenType.Refresh ? shown.ExpiresAt : shown.SessionExpiresAt;
        return renewableUntil is { } until
            ? DateTimeOffset.FromUnixTimeSeconds(until) + RefreshOptions.MostAccessLifetime
            : DateTimeOffset.FromUnixTimeSeconds(shown.ExpiresAt);
    }

    private DateTimeOffset EndByStrategy(SessionRow row, DateTimeOffset now) => row.Strategy switch
    {
        StrategyNames.Session => now + RememberedFor,
        StrategyNames.RefreshRotation => now + RefreshOptions.MostAccessLifetime,
        StrategyNames.RefreshDenylist => row.ExpiresAt + RefreshOptions.MostAccessLifetime,
        StrategyNames.Jwt or StrategyNames.JwtCookie => row.ExpiresAt,
        _ => now + Possible,
    };
}
