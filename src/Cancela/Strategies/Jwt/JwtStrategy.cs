using System.Diagnostics.CodeAnalysis;
using Cancela.Sql;

namespace Cancela.Strategies.Jwt;

/// <summary>
/// S2 and, with the cookie as its carrier, S2b: one stateless token. Its row, where rows are kept, is only there so that
/// the device can be listed and ended: nothing reads it to validate.
/// </summary>
internal sealed class JwtStrategy(
    string name, AccessTokens tokens, SessionDirectory sessions, bool tracked, JwtOptions options, TimeProvider clock) : IStrategy
{
    public string Name => name;

    public async Task<Grant?> IssueAsync(Transaction transaction, Proof proof, Guid sessionId)
    {
        var now = clock.GetUtcNow();
        var (token, claims) = tokens.Issue(proof, sessionId, options.Lifetime, now);
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt);
        if (tracked && !await sessions.OpenAsync(transaction, SessionRow.Open(proof, sessionId, name, expiresAt, expiresAt), proof.Subject.Version))
            return null;
        return new Grant(sessionId, token, expiresAt, claims.Scope!);
    }

    public bool TryRecognize(string credential, [NotNullWhen(true)] out Recognition? recognition) => tokens.TryRecognize(credential, name, out recognition);

    public ValueTask<Recognition> AskAsync(string credential, CancellationToken cancellationToken) => tokens.AskAsync(credential, name, cancellationToken);
}
