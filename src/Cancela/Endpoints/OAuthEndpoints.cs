using Cancela.Accounts;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.Revocation;
using Cancela.Strategies;
using Cancela.Tokens;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>What other services and standard clients expect beside the slots: revocation, introspection, keys and metadata.</summary>
internal static class OAuthEndpoints
{
    /// <summary>RFC 7009: ends the session of a token. 200 also for a token that is unknown, malformed or dead (section 2.2).</summary>
    public static async Task<IResult> Revoke(FormBody form, SignOut signOut, HttpContext context, CancellationToken cancellationToken)
    {
        if (form["token"] is not { } token) return new ProblemResult(Problem.MalformedRequest);

        // token_type_hint is a hint: a wrong one changes nothing (section 2.1), so it is not read.
        await signOut.EndTokenAsync(token, ClientInfoReader.Of(context), cancellationToken);
        return Results.Ok();
    }

    /// <summary>RFC 7662: what a token says, for services that cannot verify it themselves.</summary>
    public static async Task<IResult> Introspect(
        FormBody form, IntrospectionClients clients, TokenReader reader, Revocations revocations, MissingFactors secondFactor, TokenOptions options, HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!clients.Knows(context.Request))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"cancela\", charset=\"UTF-8\"";
            return new ProblemResult(Problem.InvalidClient);
        }
        if (form["token"] is not { } token) return new ProblemResult(Problem.MalformedRequest);

        var reading = reader.Read(token, TokenType.Access);
        if (reading is TokenReading.WrongType) reading = reader.Read(token, TokenType.Refresh);
        if (reading is not TokenReading.Valid(var claims)) return new Answer<IntrospectionResponse>(IntrospectionResponse.Inactive);
        // The gate here does not let it pass either.
        if (await secondFactor.IsMissingAsync(claims, cancellationToken)) return new Answer<IntrospectionResponse>(IntrospectionResponse.Inactive);
        return await revocations.CheckAsync(claims.SessionId, claims.Subject, claims.Version, claims.KeyId, cancellationToken) switch
        {
            RevocationVerdict.Counts => new Answer<IntrospectionResponse>(IntrospectionResponse.Of(claims, options)),
            RevocationVerdict.Unknown => new ProblemResult(Problem.RevocationUnknown),
            _ => new Answer<IntrospectionResponse>(IntrospectionResponse.Inactive),
        };
    }

    /// <summary>RFC 7517: the public keys. Empty with HS256, whose key is nobody else's.</summary>
    public static IResult Keys(Tokens.Keys keys) => Results.Text(JsonWebKeySet.Write(keys.Current), "application/jwk-set+json; charset=utf-8");

    /// <summary>RFC 8414.</summary>
    public static IResult Metadata(TokenOptions options, Secrets.SigningOptions signing, Roles roles, HttpContext context)
    {
        const string here = "/.well-known/oauth-authorization-server";
        var request = context.Request;
        var root = $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path.Value![..^here.Length]}";
        var asymmetric = signing.Algorithm is not SigningAlgorithm.HS256;
        return new Answer<ServerMetadata>(new(
            options.Issuer, $"{root}/auth/token", $"{root}/auth/revoke", $"{root}/auth/introspect", asymmetric ? $"{root}/.well-known/jwks.json" : null,
            ResponseTypesSupported: [], GrantTypesSupported: ["refresh_token"],
            TokenEndpointAuthMethodsSupported: ["none"], RevocationEndpointAuthMethodsSupported: ["none"],
            IntrospectionEndpointAuthMethodsSupported: ["client_secret_basic"], ScopesSupported: roles.All));
    }
}
