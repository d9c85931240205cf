using Cancela.Tokens;

namespace Cancela.Strategies;

/// <summary>
/// Which session a token belongs to, be it of either type, expired or ahead of our clock: signing out works with whatever the client
/// still holds. A token that is not ours belongs to none.
/// </summary>
internal sealed class TokenSessions(TokenReader reader)
{
    public TokenClaims? Find(string token)
    {
        var reading = reader.Read(token, TokenType.Access);
        if (reading is TokenReading.WrongType) reading = reader.Read(token, TokenType.Refresh);
        return reading switch
        {
            TokenReading.Valid(var claims) => claims,
            TokenReading.Expired(var claims) => claims,
            TokenReading.NotYet(var claims) => claims,
            _ => null,
        };
    }
}
