using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.Sql;
using Cancela.Strategies;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>Ends sessions from elsewhere, and writes down who did.</summary>
internal sealed class SessionEnding(Database database, SessionDirectory sessions, AccountDirectory accounts, CookieCarrier cookies, AuditLog audit, Tracking tracking)
{
    /// <summary>Ends one session of an account. 404 for one that is not theirs: whether it exists is nobody's business.</summary>
    public async Task<IResult> EndOneAsync(Guid accountId, Guid sessionId, HttpContext context, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(sessionId, cancellationToken) is not { } row || row.AccountId != accountId)
            return new ProblemResult(Problem.NotFound);
        await database.TransactAsync(async transaction =>
        {
            await sessions.EndAsync(transaction, sessionId);
            audit.Append(transaction, Ended(context, accountId, sessionId), ClientInfoReader.Of(context));
            return true;
        }, cancellationToken);
        if (CurrentCaller.CallerOf(context).SessionId == sessionId) cookies.Clear(context);
        return Results.NoContent();
    }

    /// <summary>
    /// Ends all sessions of an account, but one. Tokens that have no row, be it from before a change of settings, are ended by
    /// raising the account's version. Where one's own may be such, it is signed out with the others.
    /// </summary>
    public async Task<IResult> EndAllAsync(Guid accountId, Guid? except, HttpContext context, CancellationToken cancellationToken)
    {
        await database.TransactAsync(async transaction =>
        {
            await sessions.EndOthersAsync(transaction, accountId, except);
            if (except is null || !tracking.Complete) await accounts.MoveOnAsync(transaction, accountId);
            audit.Append(transaction, Ended(context, accountId, null), ClientInfoReader.Of(context));
            return true;
        }, cancellationToken);
        return Results.NoContent();
    }

    private static AuditEvent Ended(HttpContext context, Guid accountId, Guid? sessionId) =>
        new(AuditEvents.SessionEnded, AuditEvent.Success, accountId, sessionId, CurrentCaller.CallerOf(context).AccountId == accountId ? "self" : "administrator");
}
