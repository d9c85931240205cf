using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.Sql;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>Accounts: one's own, and for administrators those of others.</summary>
internal static class UserEndpoints
{
    private const int MostOnAPage = 200;
    private const int OnAPage = 50;

    /// <summary>A page of all accounts, in the order of their creation.</summary>
    public static async Task<IResult> List(
        AccountDirectory accounts, Roles roles, HttpContext context, CancellationToken cancellationToken)
    {
        var faults = new List<FieldFault>();
        var after = Query.Id(context, "after", faults);
        var limit = Query.Number(context, "limit", OnAPage, 1, MostOnAPage, faults);
        if (faults.Count > 0) return AccountFields.Refuse(faults);

        // One more than asked for tells whether there is a next page.
        var page = await accounts.PageAsync(after, limit + 1, cancellationToken);
        var items = page.Take(limit).Select(account => UserResponse.Of(account, roles)).ToList();
        return new Answer<UserPage>(new(items, page.Count > limit ? items[^1].Id : null));
    }

    public static async Task<IResult> Get(Guid id, AccountDirectory accounts, Roles roles, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Ownership.IsOwnOrAdministered(context, id)) return new ProblemResult(Problem.Forbidden);
        return await accounts.FindAsync(id, cancellationToken) is { } account
            ? new Answer<UserEnvelope>(new(UserResponse.Of(account, roles)))
            : new ProblemResult(Problem.NotFound);
    }

    /// <summary>Changes an account, all that was asked or nothing.</summary>
    public static Task<IResult> Update(
        Guid id, JsonBody<UserUpdateRequest> body, UserUpdates updates, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Ownership.IsOwnOrAdministered(context, id)) return Task.FromResult<IResult>(new ProblemResult(Problem.Forbidden));
        return CurrentCaller.CallerOf(context).AccountId == id
            ? updates.UpdateOwnAsync(body.Value, context, cancellationToken)
            : updates.UpdateOtherAsync(id, body.Value, context, cancellationToken);
    }

    /// <summary>Deletes an account: 204. Whatever it was handed is refused from then on.</summary>
    public static async Task<IResult> Delete(
        Guid id, Database database, AccountDirectory accounts, AuditLog audit, CookieCarrier cookies, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Ownership.IsOwnOrAdministered(context, id)) return new ProblemResult(Problem.Forbidden);
        var deletion = await database.TransactAsync(async transaction =>
        {
            var done = await accounts.DeleteAsync(transaction, id);
            if (done is AccountDeletion.Deleted)
                audit.Append(transaction, new(AuditEvents.AccountDeleted, AuditEvent.Success, id), ClientInfoReader.Of(context));
            return done;
        }, cancellationToken);
        if (deletion is AccountDeletion.NotFound) return new ProblemResult(Problem.NotFound);
        if (deletion is AccountDeletion.LastAdministrator) return new ProblemResult(Problem.Conflict);
        if (CurrentCaller.CallerOf(context).AccountId == id) cookies.Clear(context);
        return Results.NoContent();
    }
}
