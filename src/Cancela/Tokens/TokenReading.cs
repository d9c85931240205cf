namespace Cancela.Tokens;

/// <summary>What came of reading a token: one of the cases below and no other.</summary>
internal abstract record TokenReading
{
    private TokenReading()
    {
    }

    /// <summary>Signed by one of our keys, of the type asked for, for us, and within its time.</summary>
    public sealed record Valid(TokenClaims Claims) : TokenReading;

    /// <summary>Not a token of ours: the reason is for the log, never for the caller.</summary>
    public sealed record Malformed(string Reason) : TokenReading;

    /// <summary>Ours in every way, but its <c>exp</c> has passed. What it says may only be used to end its session.</summary>
    public sealed record Expired(TokenClaims Claims) : TokenReading;

    /// <summary>Ours in every way, but its <c>iat</c> or <c>nbf</c> lies ahead of our clock. What it says may only be used to end its session.</summary>
    public sealed record NotYet(TokenClaims Claims) : TokenReading;

    /// <summary>Ours, but of the other type.</summary>
    public sealed record WrongType(TokenType Expected) : TokenReading;

    /// <summary>Ours, but without <c>sub</c>.</summary>
    public sealed record NoSubject : TokenReading;

    /// <summary>Signed by a key that was retired.</summary>
    public sealed record KeyRetired : TokenReading;
}
