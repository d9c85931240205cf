using Cancela.Accounts;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.Strategies;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>The devices: one's own under <c>/auth/sessions</c>, those of others, for administrators, under <c>/users/{id}/sessions</c>.</summary>
internal static class SessionEndpoints
{
    public static Task<IResult> ListOwn(SessionDirectory sessions, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = CurrentCaller.CallerOf(context);
        return List(sessions, caller.AccountId, caller.SessionId, cancellationToken);
    }

    public static Task<IResult> EndOwn(Guid id, SessionEnding ending, HttpContext context, CancellationToken cancellationToken) =>
        ending.EndOneAsync(CurrentCaller.CallerOf(context).AccountId, id, context, cancellationToken);

    public static Task<IResult> EndOwnOthers(SessionEnding ending, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = CurrentCaller.CallerOf(context);
        return ending.EndAllAsync(caller.AccountId, except: caller.SessionId, context, cancellationToken);
    }

    public static async Task<IResult> ListOf(Guid id, AccountDirectory accounts, SessionDirectory sessions, HttpContext context, CancellationToken cancellationToken) =>
        await accounts.FindAsync(id, cancellationToken) is null
            ? new ProblemResult(Problem.NotFound)
            : await List(sessions, id, CurrentCaller.CallerOf(context).SessionId, cancellationToken);

    public static Task<IResult> EndOneOf(Guid id, Guid sessionId, SessionEnding ending, HttpContext context, CancellationToken cancellationToken) =>
        ending.EndOneAsync(id, sessionId, context, cancellationToken);

    public static async Task<IResult> EndAllOf(Guid id, AccountDirectory accounts, SessionEnding ending, HttpContext context, CancellationToken cancellationToken) =>
        await accounts.FindAsync(id, cancellationToken) is null
            ? new ProblemResult(Problem.NotFound)
            : await ending.EndAllAsync(id, except: null, context, cancellationToken);

    private static async Task<IResult> List(SessionDirectory sessions, Guid accountId, Guid current, CancellationToken cancellationToken)
    {
        var rows = await sessions.ListAsync(accountId, cancellationToken);
        return new Answer<SessionList>(new([.. rows.Select(row => SessionItem.Of(row, current))]));
    }
}
