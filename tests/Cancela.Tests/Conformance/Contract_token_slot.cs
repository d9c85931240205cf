using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>The contract's "Token slot", out of the box.</summary>
[OnEachStore]
public sealed class Contract_token_slot(NoProfile fixture) : Walk(fixture), IClassFixture<NoProfile>
{
    /// <summary>"Access token claims: iss aud sub email role scope iat nbf exp jti sid ver type; refresh: iss aud sub iat exp jti sid ver gen type".</summary>
    [Fact]
    public async Task The_claims_of_both_tokens_are_these()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var _ = program;
        var (access, refresh) = (Jot.Read(reply.Text("access_token")), Jot.Read(reply.Text("refresh_token")));
        string[] ofBoth = ["iss", "aud", "sub", "iat", "exp", "jti", "sid", "ver", "type"];
        // auth_time and amr (OpenID Connect) and client_id (RFC 9068 section 2.2) come on top.
        Assert.Equal(ofBoth.Concat(["email", "role", "scope", "nbf", "amr", "auth_time", "client_id"]).Order(StringComparer.Ordinal), access.Names);
        Assert.Equal(ofBoth.Concat(["gen", "amr", "auth_time"]).Order(StringComparer.Ordinal), refresh.Names);
        Assert.All([access, refresh], token => Assert.Equal(("cancela", "cancela"), (token.Text("iss"), token.Text("aud"))));
        Assert.Equal(access.Number("iat"), access.Number("nbf"));
        Assert.Equal(access.Text("sid"), refresh.Text("sid"));
        Assert.Equal(0, refresh.Number("gen"));
    }

    /// <summary>"<c>exp</c> has no leeway; <c>iat</c> and <c>nbf</c> may lie 30 s ahead."</summary>
    [Fact]
    public async Task Iat_and_nbf_may_lie_30_seconds_ahead()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        var token = Jot.Read(reply.Text("access_token"));
        foreach (var claim in new[] { "iat", "nbf" })
        {
            (await ShowAsync(client, token.Forge(claims => claims[claim] = Seconds + 30), "/own")).Expect(200);
            (await ShowAsync(client, token.Forge(claims => claims[claim] = Seconds + 31), "/own")).Expect(401, "token_malformed");
        }
        (await ShowAsync(client, token.Forge(claims => claims["exp"] = Seconds), "/own")).Expect(401, "token_expired");
        (await ShowAsync(client, token.Forge(claims => claims["exp"] = Seconds + 1), "/own")).Expect(200);
    }

    /// <summary>"optional … <c>grant_type=password</c>", and no other; what is missing is told field by field; only forms are read.</summary>
    [Fact]
    public async Task Token_takes_the_form_of_first_party_sign_in()
    {
        var person = await SomebodyAsync();
        using var client = Host.Client();
        (string, string)[] form = [("username", person.Email), ("password", Person.Password)];
        (await client.FormAsync("/auth/token", [.. form, ("grant_type", "password")])).Expect(200);
        var refused = (await client.FormAsync("/auth/token", [.. form, ("grant_type", "client_credentials")])).Expect(400, "unsupported_grant_type");
        Assert.Equal("unsupported_grant_type", refused.Text("error"));
        var missing = (await client.FormAsync("/auth/token", ("password", "x"))).Expect(422, "validation_failed");
        Assert.Equal(["username"], Members(missing.Json.GetProperty("errors")));
        (await client.PostAsync("/auth/token", new { username = person.Email, password = Person.Password })).Expect(415, "unsupported_media_type");
    }

    /// <summary>"<c>POST /auth/revoke</c> (RFC 7009)": 200 for whatever is shown, and the token's session ends.</summary>
    [Theory]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    public async Task Revoke_ends_the_tokens_session(string which)
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        client.Bearer = null;
        (await client.FormAsync("/auth/revoke", ("token", reply.Text(which)!), ("token_type_hint", "nonsense"))).Expect(200);
        (await client.FormAsync("/auth/revoke", ("token", reply.Text(which)!))).Expect(200);
        (await client.FormAsync("/auth/revoke", ("token", "nonsense"))).Expect(200);
        Assert.Equal("invalid_request", (await client.FormAsync("/auth/revoke", ("tokens", "x"))).Expect(400).Text("error"));
        (await ShowAsync(client, reply.Text("access_token"))).Expect(401, "token_revoked");
        (await RefreshAsync(client, reply.Text("refresh_token"))).Expect(401, "token_revoked");
    }

    /// <summary>"<c>POST /auth/introspect</c> (RFC 7662; HTTP Basic with a client of <c>Cancela:Clients</c> …)".</summary>
    [Theory]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    public async Task Introspect_tells_a_client_what_a_token_is(string which)
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        using var client = program;
        var token = Jot.Read(reply.Text(which));
        using var service = Host.Client();
        service.Headers["Authorization"] = Basic(NoProfile.ClientId, NoProfile.ClientSecret);
        var told = (await service.FormAsync("/auth/introspect", ("token", reply.Text(which)!))).Expect(200).Json;
        Assert.True(told.GetProperty("active").GetBoolean());
        Assert.Equal(which, told.GetProperty("token_type").GetString());
        Assert.Equal(person.Id.ToString(), told.GetProperty("sub").GetString());
        Assert.Equal((token.Number("iat"), token.Number("exp")), (told.GetProperty("iat").GetInt64(), told.GetProperty("exp").GetInt64()));

        (await client.PostAsync("/auth/logout")).Expect(204);
        foreach (var dead in new[] { reply.Text(which)!, "nonsense" })
            Assert.Equal("""{"active":false}""", (await service.FormAsync("/auth/introspect", ("token", dead))).Expect(200).Body);
    }

    /// <summary>"else 401".</summary>
    [Fact]
    public async Task Introspect_is_401_for_anybody_else()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        string?[] wrong =
        [
            null, Basic(NoProfile.ClientId, "wrong"), Basic("nobody", NoProfile.ClientSecret), "Basic %%%", "Basic " + Convert.ToBase64String("billing"u8),
            $"Bearer {reply.Text("access_token")}",
        ];
        foreach (var header in wrong)
        {
            using var stranger = Host.Client();
            if (header is not null) stranger.Headers["Authorization"] = header;
            var refused = (await stranger.FormAsync("/auth/introspect", ("token", reply.Text("access_token")!))).Expect(401, "invalid_client");
            Assert.StartsWith("Basic", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
            Assert.Equal("invalid_client", refused.Text("error"));
        }
    }

    /// <summary>"<c>GET /.well-known/jwks.json</c> (asymmetric keys only)": none with HS256, whose key is nobody else's.</summary>
    [Fact]
    public async Task The_key_set_is_empty_with_HS256()
    {
        using var client = Host.Client();
        Assert.Equal("""{"keys":[]}""", (await client.GetAsync("/.well-known/jwks.json")).Expect(200).Body);
        var metadata = (await client.GetAsync("/.well-known/oauth-authorization-server")).Expect(200).Json;
        Assert.False(metadata.TryGetProperty("jwks_uri", out _));
    }

    /// <summary>With ES256 the set is complete: whoever fetches it verifies a token with the framework's ECDSA, and it holds nothing private.</summary>
    [Fact]
    public async Task The_key_set_is_complete_with_ES256()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["Signing:Algorithm"] = "ES256" });
        using var client = host.Client();
        var token = Jot.Read((await client.TokenAsync((await SomebodyAsync(host)).Email)).Text("access_token"));
        var metadata = (await client.GetAsync("/.well-known/oauth-authorization-server")).Expect(200).Json;
        var reply = (await client.GetAsync(metadata.GetProperty("jwks_uri").GetString()!)).Expect(200);
        Assert.Equal("application/jwk-set+json; charset=utf-8", reply.Header("Content-Type"));
        var key = reply.Json.GetProperty("keys").EnumerateArray().Single();
        Assert.Equal(("ES256", (string?)token.Header["kid"]), ((string?)token.Header["alg"], key.GetProperty("kid").GetString()));
        Assert.Equal(("EC", "P-256", "ES256", "sig"), (Text("kty"), Text("crv"), Text("alg"), Text("use")));
        Assert.False(key.TryGetProperty("d", out _));
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Base64Url.DecodeFromChars(Text("x")), Y = Base64Url.DecodeFromChars(Text("y")) },
        });
        Assert.True(ecdsa.VerifyData(Encoding.ASCII.GetBytes(token.SigningInput), token.Signature, HashAlgorithmName.SHA256));

        string? Text(string member) => key.GetProperty(member).GetString();
    }

    /// <summary>"<c>GET /.well-known/oauth-authorization-server</c> (RFC 8414; endpoints and keys, no <c>password</c> grant advertised)".</summary>
    [Fact]
    public async Task The_metadata_name_the_endpoints_and_no_password_grant()
    {
        using var client = Host.Client();
        var reply = (await client.GetAsync("/.well-known/oauth-authorization-server")).Expect(200);
        var root = Host.Address.GetLeftPart(UriPartial.Authority);
        Assert.Equal(
            ("cancela", $"{root}/auth/token", $"{root}/auth/revoke", $"{root}/auth/introspect"),
            (reply.Text("issuer"), reply.Text("token_endpoint"), reply.Text("revocation_endpoint"), reply.Text("introspection_endpoint")));
        Assert.Equal(["refresh_token"], reply.Json.GetProperty("grant_types_supported").EnumerateArray().Select(grant => grant.GetString()));
        Assert.DoesNotContain("password", reply.Body, StringComparison.Ordinal);
    }

    private static string Basic(string id, string secret) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}"));
}
