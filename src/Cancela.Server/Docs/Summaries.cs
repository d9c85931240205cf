namespace Cancela.Server.Docs;

/// <summary>One line for each operation.</summary>
internal static class Summaries
{
    private static readonly Dictionary<string, string> ByOperation = new(StringComparer.Ordinal)
    {
        ["POST /register"] = "Creates an account",
        ["POST /auth/login"] = "Signs in by cookie",
        ["POST /auth/logout"] = "Signs out: ends the session of the cookie or token shown",
        ["GET /auth/me"] = "Who is signed in, and how",
        ["POST /auth/password/change"] = "Changes one's own password and signs every other device out",
        ["POST /auth/token"] = "Signs in for tokens",
        ["POST /auth/refresh"] = "Renews the tokens",
        ["POST /auth/revoke"] = "Revokes a token and its session (RFC 7009)",
        ["POST /auth/introspect"] = "Says what a token says, for other services (RFC 7662)",
        ["GET /.well-known/jwks.json"] = "The public signing keys (RFC 7517)",
        ["GET /.well-known/oauth-authorization-server"] = "Where everything is, for OAuth clients (RFC 8414)",
        ["GET /auth/sessions"] = "Lists one's own devices",
        ["DELETE /auth/sessions"] = "Signs all other devices out",
        ["DELETE /auth/sessions/{id}"] = "Signs one device out",
        ["GET /users"] = "Lists all accounts (ADMIN)",
        ["GET /users/{id}"] = "Shows an account: one's own, or anybody's (ADMIN)",
        ["PUT /users/{id}"] = "Changes an account, all that was asked or nothing",
        ["DELETE /users/{id}"] = "Deletes an account: nothing that it was handed counts any more",
        ["GET /users/{id}/sessions"] = "Lists an account's devices (ADMIN)",
        ["DELETE /users/{id}/sessions"] = "Signs an account out everywhere (ADMIN)",
        ["DELETE /users/{id}/sessions/{sessionId}"] = "Signs one device of an account out (ADMIN)",
        ["GET /healthz"] = "Whether the process is alive",
        ["GET /readyz"] = "Whether to send it requests",
    };

    public static string? Of(string method, string path) => ByOperation.GetValueOrDefault($"{method} {path}");
}
