using Cancela.Audit;
using Cancela.Exchange;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.Revocation;
using Cancela.Sql;
using Cancela.Strategies;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>
/// Ends the session that a request shows a credential of. A token is enough to find it even when it expired or its account
/// moved on: a logout must not leave a refresh token alive because the access token beside it is old.
/// </summary>
internal sealed class SignOut(
    Database database, SessionDirectory sessions, TokenSessions tokens, Revocations revocations, CookieCarrier cookies, Succession succession, CrossSiteGuard guard,
    AuditLog audit)
{
    /// <summary>What is refused, because nobody can tell which session is meant: two cookies of the name, or (503) a cookie that cannot be judged now.</summary>
    public async Task<Refusal?> EndAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (BearerCarrier.TryRead(context, out var token)) await EndTokenAsync(token, ClientInfoReader.Of(context), cancellationToken);
        if (cookies.Read(context, out _) == CookieCount.Several) return new(Problem.SessionInvalid, "several cookies of the session's name");

        // Beside a bearer token too: the answer clears the cookie, and a copy of it must not outlive that.
        return guard.ComesFromUs(context.Request) ? await EndCookieSessionAsync(context, cancellationToken) : null;
    }

    /// <summary>Ends the session of the request's cookie, if it has one that is alive. Refused with 503 where nobody can tell.</summary>
    public async Task<Refusal?> EndCookieSessionAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (cookies.Read(context, out var value) != CookieCount.One) return null;
        var client = ClientInfoReader.Of(context);
        if (tokens.Find(value) is not null)
        {
            await EndTokenAsync(value, client, cancellationToken);
            return null;
        }
        switch (await succession.BrowserOf(value).RecognizeAsync(value, cancellationToken))
        {
            case Recognition.Recognized(var caller, _):
                await EndAsync(caller.SessionId, caller.AccountId, client, cancellationToken);
                return null;
            // It may be alive: to say that it was ended would be a guess.
            case Recognition.Refused({ Problem.Status: StatusCodes.Status503ServiceUnavailable } refusal):
                return refusal;
            default:
                return null;
        }
    }

    /// <summary>Ends the session of a token of either type. True when there was one to end.</summary>
    public async Task<bool> EndTokenAsync(string token, ClientInfo client, CancellationToken cancellationToken)
    {
        if (tokens.Find(token) is not { } claims) return false;
        if (revocations.Check(claims.SessionId, claims.Subject, Revocations.AnyVersion, null) == RevocationVerdict.SessionEnded) return false;
        await EndAsync(claims.SessionId, claims.Subject, client, cancellationToken, CredentialLifetimes.EndOfCredentials(claims));
        return true;
    }

    /// <summary>Ends a session that is known.</summary>
    public Task EndAsync(Guid sessionId, Guid accountId, ClientInfo client, CancellationToken cancellationToken, DateTimeOffset? withoutRow = null) =>
        database.TransactAsync(async transaction =>
        {
            if (await sessions.EndAsync(transaction, sessionId, withoutRow))
                audit.Append(transaction, new(AuditEvents.SignOut, AuditEvent.Success, accountId, sessionId), client);
            return true;
        }, cancellationToken);
}
