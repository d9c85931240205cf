using Cancela.Accounts;
using Cancela.Gate;
using Cancela.Sql;
using Cancela.Strategies;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>
/// A new session ID for the sign-in that goes on. OWASP ASVS 7.2.4: at every change of privilege; an ID that somebody
/// copied before it is worth nothing after it.
/// </summary>
internal sealed class CookieRenewal(
    Database database, AccountDirectory accounts, SessionDirectory sessions, Slots slots, CookieCarrier cookies, Roles roles)
{
    /// <summary>Exchanges the cookie of a caller who came with one. Bearer tokens are renewed by their client.</summary>
    public async Task RenewAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (CurrentCaller.Of(context) is not { ByCookie: true, Caller: var caller }) return;
        if (await accounts.FindAsync(caller.AccountId, cancellationToken) is not { } account) return;
        var proof = new Proof(Subject.Of(account), NarrowingOf(caller), caller.Methods, caller.AuthenticatedAt, ClientInfoReader.Of(context));
        var grant = await database.TransactAsync(async transaction =>
        {
            // Ended while this request was under way: what was acknowledged stays so.
            if (!await sessions.EndAsync(transaction, caller.SessionId, caller.ExpiresAt)) return null;
            var issued = await slots.Browser.IssueAsync(transaction, proof, AccessTokens.NewId());
            return issued;
        }, cancellationToken);
        if (grant is null) cookies.Clear(context);
        else cookies.Write(context, grant.Credential, grant.ExpiresAt);
    }

    // A session's row knows what the sign-in was narrowed to; a token only says what it permits. Less than its role holds stays less.
    private string NarrowingOf(Caller caller) =>
        caller.Account is not null || caller.Scope == Scopes.Join(roles.ScopesOf(caller.Role)) ? caller.Narrowing : caller.Scope;
}
