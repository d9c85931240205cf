namespace Cancela.Problems;

/// <summary>Every refusal there is. To add one, add a line here; <c>docs/errors.md</c> is checked against this file.</summary>
public sealed partial record Problem
{
    /// <summary>No credential was shown.</summary>
    public static readonly Problem NotAuthenticated = new("not_authenticated", 401, "Não autenticado", "Not authenticated", "invalid_token");

    /// <summary>Wrong password or unknown e-mail: which of the two is never told.</summary>
    public static readonly Problem InvalidCredentials = new("invalid_credentials", 401, "Email ou senha incorretos", "Incorrect email or password", "invalid_grant");

    /// <summary>The token's <c>exp</c> has passed.</summary>
    public static readonly Problem TokenExpired = new("token_expired", 401, "Token expirado", "Token expired", "invalid_token");

    /// <summary>Malformed, corrupted or forged.</summary>
    public static readonly Problem TokenMalformed = new("token_malformed", 401, "Token inválido ou malformado", "Invalid or malformed token", "invalid_token");

    /// <summary>An access token where a refresh token belongs, or the reverse. The argument is the type expected.</summary>
    public static readonly Problem TokenWrongType = new("token_wrong_type", 401, "Token inválido: esperado tipo {0}", "Invalid token: expected type {0}", "invalid_token");

    /// <summary>The token has no <c>sub</c>.</summary>
    public static readonly Problem TokenNoSubject = new("token_no_subject", 401, "Token inválido: subject não encontrado", "Invalid token: subject not found", "invalid_token");

    /// <summary>The account of the token no longer exists.</summary>
    public static readonly Problem UserNotFound = new("user_not_found", 401, "Usuário não encontrado", "User not found", "invalid_grant");

    /// <summary>The session ID is unknown, ended or expired.</summary>
    public static readonly Problem SessionInvalid = new("session_invalid", 401, "Sessão inválida ou expirada", "Invalid or expired session", "invalid_token");

    /// <summary>The token's session was ended, or its key retired.</summary>
    public static readonly Problem TokenRevoked = new("token_revoked", 401, "Token revogado", "Token revoked", "invalid_token");

    /// <summary>The account moved on (role, password, ban) since the token was issued.</summary>
    public static readonly Problem TokenSuperseded = new("token_superseded", 401, "Token desatualizado: renove a sessão", "Token out of date: renew the session", "invalid_token");

    /// <summary>A refresh token was used again after its grace period. RFC 9700 section 4.14.2: the family is revoked.</summary>
    public static readonly Problem RefreshReused = new("refresh_reused", 401, "Token de renovação já utilizado: sessão encerrada", "Refresh token already used: session ended", "invalid_grant");

    /// <summary>The password was right, and a second factor is needed: see <c>challenge</c>; or the sign-in showed none, and what was asked for needs one.</summary>
    public static readonly Problem SecondFactorRequired = new("second_factor_required", 401, "Segundo fator necessário", "Second factor required", "invalid_grant");

    /// <summary>The code is wrong, or was used before.</summary>
    public static readonly Problem SecondFactorInvalid = new("second_factor_invalid", 401, "Código inválido", "Invalid code", "invalid_grant");

    /// <summary>The challenge is unknown, was used, has expired, or the account changed since.</summary>
    public static readonly Problem ChallengeInvalid = new("challenge_invalid", 401, "Verificação expirada ou já utilizada: entre novamente", "Challenge expired or already used: sign in again", "invalid_grant");

    /// <summary>The sign-in is too long ago for what was asked (RFC 9470): sign in again.</summary>
    public static readonly Problem InsufficientUserAuthentication = new("insufficient_user_authentication", 401, "Confirme sua identidade: entre novamente", "Confirm who you are: sign in again", "insufficient_user_authentication");

    /// <summary>Authenticated, but not allowed.</summary>
    public static readonly Problem Forbidden = new("forbidden", 403, "Acesso negado", "Access denied", "unauthorized_client");

    /// <summary>The credential lacks a scope (RFC 6750 section 3.1).</summary>
    public static readonly Problem InsufficientScope = new("insufficient_scope", 403, "Escopo insuficiente", "Insufficient scope", "insufficient_scope");

    /// <summary>The account is closed. Said only after the right password.</summary>
    public static readonly Problem AccountClosed = new("account_closed", 403, "Conta encerrada", "Account closed", "invalid_grant");

    /// <summary>A cookie came from another site's page.</summary>
    public static readonly Problem CrossSiteRequest = new("cross_site_request", 403, "Requisição de outra origem recusada", "Cross-site request refused", "access_denied");

    /// <summary>No such thing, or none that the caller may see.</summary>
    public static readonly Problem NotFound = new("not_found", 404, "Não encontrado", "Not found");

    /// <summary>An account with this e-mail exists.</summary>
    public static readonly Problem EmailTaken = new("email_taken", 409, "Email já cadastrado", "Email already registered");

    /// <summary>The change contradicts the present state.</summary>
    public static readonly Problem Conflict = new("conflict", 409, "Conflito com o estado atual", "Conflict with the current state");

    /// <summary>The request cannot be read at all.</summary>
    public static readonly Problem MalformedRequest = new("malformed_request", 400, "Requisição malformada", "Malformed request");

    /// <summary>The <c>grant_type</c> is not one of ours (RFC 6749 section 5.2).</summary>
    public static readonly Problem UnsupportedGrantType = new("unsupported_grant_type", 400, "Tipo de concessão não suportado", "Unsupported grant type", "unsupported_grant_type");

    /// <summary>The scope asked for is unknown or exceeds what the account has (RFC 6749 section 5.2).</summary>
    public static readonly Problem InvalidScope = new("invalid_scope", 400, "Escopo inválido", "Invalid scope", "invalid_scope");

    /// <summary>The caller of introspection did not prove that it is a known client (RFC 6749 section 5.2).</summary>
    public static readonly Problem InvalidClient = new("invalid_client", 401, "Cliente não autenticado", "Client not authenticated", "invalid_client");

    /// <summary>Readable, but a field breaks its rule: see <c>errors</c>.</summary>
    public static readonly Problem ValidationFailed = new("validation_failed", 422, "Dados inválidos", "Invalid data");

    /// <summary>The method does not exist here: see <c>Allow</c>.</summary>
    public static readonly Problem MethodNotAllowed = new("method_not_allowed", 405, "Método não permitido", "Method not allowed");

    /// <summary>The body is larger than 64 KiB.</summary>
    public static readonly Problem TooLarge = new("too_large", 413, "Corpo da requisição grande demais", "Request body too large");

    /// <summary>The body has another content type than the endpoint reads.</summary>
    public static readonly Problem UnsupportedMediaType = new("unsupported_media_type", 415, "Tipo de conteúdo não suportado", "Unsupported content type");

    /// <summary>Too many attempts: see <c>Retry-After</c>.</summary>
    public static readonly Problem RateLimited = new("rate_limited", 429, "Muitas tentativas: aguarde e tente novamente", "Too many attempts: wait and try again");

    /// <summary>Our fault. The log has the trace ID.</summary>
    public static readonly Problem InternalError = new("internal_error", 500, "Erro interno", "Internal error", "server_error");

    /// <summary>This node cannot know whether the credential was revoked, and does not guess.</summary>
    public static readonly Problem RevocationUnknown = new("revocation_unknown", 503, "Não foi possível verificar a revogação: tente novamente", "Revocation could not be checked: try again", "temporarily_unavailable");

    /// <summary>The queue of password checks is full.</summary>
    public static readonly Problem Overloaded = new("overloaded", 503, "Servidor sobrecarregado: tente novamente", "Server overloaded: try again", "temporarily_unavailable");

    /// <summary>The database does not answer.</summary>
    public static readonly Problem StoreUnavailable = new("store_unavailable", 503, "Serviço temporariamente indisponível", "Service temporarily unavailable", "temporarily_unavailable");

    /// <summary>All of them, in the order of this file.</summary>
    public static IReadOnlyList<Problem> All { get; } =
        [.. typeof(Problem).GetFields().Where(field => field.FieldType == typeof(Problem)).Select(field => (Problem)field.GetValue(null)!)];
}
