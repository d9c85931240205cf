using System.Diagnostics.CodeAnalysis;
using Cancela.Accounts;
using Cancela.Caching;
using Cancela.Revocation;
using Cancela.Tokens;

namespace Cancela.Strategies;

/// <summary>The access token that S2, S2b, S3 and S4 have in common: issued for a lifetime, recognised without the store.</summary>
internal sealed class AccessTokens(TokenWriter writer, TokenReader reader, Revocations revocations, Roles roles)
{
    // By what the reader remembers of a token: built once, immutable, handed to every request.
    private readonly ByIdentity<TokenClaims, Recognition.Recognized> _recognized = new(4_096);

    /// <summary>Issues one for a proof. Where no row may say when the refresh token beside it expires, it says so itself.</summary>
    public (string Token, TokenClaims Claims) Issue(Proof proof, Guid sessionId, TimeSpan lifetime, DateTimeOffset now, DateTimeOffset? sessionExpiresAt = null)
    {
        var subject = proof.Subject;
        var claims = new TokenClaims(
            TokenType.Access, subject.AccountId, sessionId, subject.Version, NewId(), now.ToUnixTimeSeconds(), (now + lifetime).ToUnixTimeSeconds(),
            proof.At.ToUnixTimeSeconds(), proof.Methods, subject.Email, subject.Role, Scopes.Narrow(roles.ScopesOf(subject.Role), proof.Scope),
            SessionExpiresAt: sessionExpiresAt?.ToUnixTimeSeconds());
        return (writer.Write(claims), claims);
    }

    /// <summary>Issues one for what a refresh token says.</summary>
    public (string Token, TokenClaims Claims) Issue(TokenClaims of, TimeSpan lifetime, DateTimeOffset now)
    {
        var claims = of with
        {
            Type = TokenType.Access,
            TokenId = NewId(),
            IssuedAt = now.ToUnixTimeSeconds(),
            ExpiresAt = (now + lifetime).ToUnixTimeSeconds(),
            Generation = null,
            SessionExpiresAt = of.ExpiresAt,
            // What was taken out of the settings since is not handed out again.
            Scope = Scopes.Join(Scopes.Split(of.Scope ?? "").Intersect(roles.ScopesOf(of.Role ?? ""), StringComparer.Ordinal)),
        };
        return (writer.Write(claims), claims);
    }

    /// <summary>Whose access token is this? False while the node is blind, and has to ask.</summary>
    public bool TryRecognize(string token, string strategy, [NotNullWhen(true)] out Recognition? recognition)
    {
        var reading = reader.Read(token, TokenType.Access);
        if (reading is not TokenReading.Valid(var claims))
        {
            recognition = new Recognition.Refused(TokenRefusals.Of(reading));
            return true;
        }
        var verdict = revocations.Check(claims.SessionId, claims.Subject, claims.Version, claims.KeyId);
        recognition = verdict == RevocationVerdict.Unknown ? null : By(verdict, claims, strategy);
        return recognition is not null;
    }

    /// <summary>The same, and asks the store where the node is blind and may.</summary>
    public async ValueTask<Recognition> AskAsync(string token, string strategy, CancellationToken cancellationToken)
    {
        var reading = reader.Read(token, TokenType.Access);
        if (reading is not TokenReading.Valid(var claims)) return new Recognition.Refused(TokenRefusals.Of(reading));
        return By(await revocations.CheckAsync(claims.SessionId, claims.Subject, claims.Version, claims.KeyId, cancellationToken), claims, strategy);
    }

    private Recognition By(RevocationVerdict verdict, TokenClaims claims, string strategy) => verdict == RevocationVerdict.Counts
        ? _recognized.Find(claims) is { } known && known.Caller.Strategy == strategy
            ? known
            : _recognized.Put(claims, new(CallerOf(claims, strategy)))
        : new Recognition.Refused(TokenRefusals.Of(verdict));

    /// <summary>A random identifier (version 4): 122 bits from the system's generator.</summary>
    public static Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static Caller CallerOf(TokenClaims claims, string strategy) => new(
        claims.Subject, claims.SessionId, strategy, claims.Email ?? "", claims.Role ?? "", claims.Scope ?? "", claims.Methods,
        DateTimeOffset.FromUnixTimeSeconds(claims.AuthenticatedAt), DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt)) { Version = claims.Version };
}
