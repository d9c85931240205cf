using System.Security.Cryptography;
using Cancela.Audit;
using Cancela.Caching;
using Cancela.Secrets;
using Cancela.Sql;
using Cancela.Strategies;
using Cancela.Strategies.Sessions;
using Cancela.Tokens;
using Microsoft.Extensions.Logging;

namespace Cancela.Exchange;

/// <summary>
/// A cookie of the former strategy for one of the present, for the same sign-in. It may be asked for the same one again: other
/// tabs have requests under way, and an answer may be lost. All of them get what the first got.
/// </summary>
internal sealed partial class CookieExchange(
    Slots slots, CookieTurns turns, AccessTokens tokens, TokenReader reader, RootSecret secret, SessionOptions session, JwtOptions jwt,
    TimeProvider clock, ILogger<CookieExchange> logger)
{
    private readonly byte[] _key = secret.Derive("cancela exchanged session id");
    private readonly BoundedCache<Guid, SessionRow> _turned = new(10_000);

    /// <summary>The new credential. <see langword="null"/>: there is none, and the former one goes on.</summary>
    /// <param name="credential">The former one, which was recognised.</param>
    /// <param name="caller">Whose it is.</param>
    /// <param name="client">From where.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<Grant?> ExchangeAsync(string credential, Caller caller, ClientInfo client, CancellationToken cancellationToken)
    {
        try
        {
            return slots.Browser.Name == StrategyNames.Session
                ? await ForSessionAsync(credential, caller, client, cancellationToken)
                : await ForTokenAsync(caller, client, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            // The former credential was good without it. The next request tries again.
            NotExchanged(exception);
            return null;
        }
    }

    private async Task<Grant?> ForTokenAsync(Caller caller, ClientInfo client, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var row = await TurnedAsync(
            caller, () => turns.ToTokenAsync(caller, caller.Account!.Version, WholeSeconds(now + jwt.Lifetime), client, cancellationToken));
        if (row is null) return null;

        var proof = new Proof(Subject.Of(caller.Account!), row.Scope, row.Methods, row.AuthenticatedAt, client);
        var (token, claims) = tokens.Issue(proof, row.Id, row.ExpiresAt - now, now);
        return new Grant(row.Id, token, DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt), claims.Scope!);
    }

    private async Task<Grant?> ForSessionAsync(string credential, Caller caller, ClientInfo client, CancellationToken cancellationToken)
    {
        if (reader.Read(credential, TokenType.Access) is not TokenReading.Valid(var claims)) return null;

        // The same for everybody who asks: it follows from the sign-in and the deployment's secret. The row has its hash, as ever.
        var sessionId = SessionId.Of(HMACSHA256.HashData(_key, caller.SessionId.ToByteArray(bigEndian: true)), out var hash);
        var now = clock.GetUtcNow();
        // Nobody's sign-in ends sooner than the former credential would have.
        var absolute = Later(session.AbsoluteEnd(caller.AuthenticatedAt), caller.ExpiresAt);
        var expiresAt = now + session.Lifetime < absolute ? now + session.Lifetime : absolute;
        var row = await TurnedAsync(caller, () => turns.ToSessionAsync(caller, claims.Version, hash, expiresAt, absolute, client, cancellationToken));
        return row is null ? null : new Grant(row.Id, sessionId, row.ExpiresAt, caller.Scope);
    }

    private async Task<SessionRow?> TurnedAsync(Caller caller, Func<Task<Turn?>> turn)
    {
        // One that ran out is worth less than the former credential, which is still good.
        if (_turned.TryGet(caller.SessionId, out var remembered)) return remembered.ExpiresAt > clock.GetUtcNow() ? remembered : null;
        if (await turn() is not { } turned) return null;
        _turned.Set(caller.SessionId, turned.Row);
        return turned.Row;
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    [LoggerMessage(3901, LogLevel.Warning, "A former cookie was recognised and could not be exchanged: the next request tries again")]
    private partial void NotExchanged(Exception exception);
}
