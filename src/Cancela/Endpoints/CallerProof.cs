namespace Cancela.Endpoints;

/// <summary>Endpoint metadata for OpenAPI: how a caller shows who they are, in one of these ways.</summary>
internal sealed record CallerProof(params IReadOnlyList<string> Schemes)
{
    public const string Bearer = "bearer";
    public const string Cookie = "cookie";
    public const string Refresh = "refresh_token";
    public const string Client = "client";

    public static readonly CallerProof OfSignIn = new(Bearer, Cookie);
    public static readonly CallerProof OfRefreshToken = new(Refresh);
    public static readonly CallerProof OfClient = new(Client);
}
