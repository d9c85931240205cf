using System.Diagnostics;
using Cancela.Problems;
using Cancela.Revocation;
using Cancela.Tokens;

namespace Cancela.Strategies;

/// <summary>How the refusal of a token is worded: the one table for access and refresh tokens.</summary>
internal static class TokenRefusals
{
    public static Refusal Of(TokenReading reading) => reading switch
    {
        TokenReading.Malformed malformed => new(Problem.TokenMalformed, malformed.Reason),
        TokenReading.NotYet => new(Problem.TokenMalformed, "iat or nbf lies ahead"),
        TokenReading.Expired => new(Problem.TokenExpired, "exp has passed"),
        TokenReading.WrongType wrong => new(Problem.TokenWrongType, "type is the other one", wrong.Expected == TokenType.Access ? "access" : "refresh"),
        TokenReading.NoSubject => new(Problem.TokenNoSubject, "sub is missing"),
        TokenReading.KeyRetired => new(Problem.TokenRevoked, "signed by a retired key"),
        _ => throw new UnreachableException(),
    };

    public static Refusal Of(RevocationVerdict verdict) => verdict switch
    {
        RevocationVerdict.SessionEnded => new(Problem.TokenRevoked, "its session was ended"),
        RevocationVerdict.KeyRetired => new(Problem.TokenRevoked, "signed by a retired key"),
        RevocationVerdict.AccountMovedOn => new(Problem.TokenSuperseded, "the account moved on"),
        RevocationVerdict.AccountDeleted => new(Problem.UserNotFound, "the account was deleted"),
        RevocationVerdict.Unknown => new(Problem.RevocationUnknown, "this node has not heard from the log for too long"),
        _ => throw new UnreachableException(),
    };
}
