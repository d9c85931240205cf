using Cancela.Tokens;

namespace Cancela.Strategies;

/// <summary>Which strategy a refresh token is of. S3's says all that an access token has to say; S4's leaves that to the row.</summary>
internal static class RefreshTokenOwner
{
    public static string Of(TokenClaims claims) => claims.Role is null ? StrategyNames.RefreshRotation : StrategyNames.RefreshDenylist;
}
