using System.Text.Json;
using Cancela.Problems;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>Each row of the table of errors, as a client gets it.</summary>
public sealed class Every_refusal(HostileHost fixture) : IClassFixture<HostileHost>
{
    public static TheoryData<string> Codes => [.. Problem.All.Select(static problem => problem.Code)];

    [Fact]
    public void Has_a_provocation() =>
        Assert.Equal(Problem.All.Select(static problem => problem.Code).Order(), Provocations.All.Keys.Order());

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Says_what_the_contract_says_in_Portuguese(string code) => await CheckAsync(code, "pt-BR", static problem => problem.Portuguese);

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Says_what_the_contract_says_in_English(string code) => await CheckAsync(code, "en", static problem => problem.English);

    private async Task CheckAsync(string code, string language, Func<Problem, string> sentence)
    {
        var problem = Problem.All.Single(one => one.Code == code);
        using var client = fixture.Host.Client();
        client.Headers["Accept-Language"] = language;
        var provoked = await Provocations.All[code](fixture.Host, client);
        var reply = provoked.Reply.Expect(problem.Status, code);

        Assert.Equal("application/problem+json; charset=utf-8", reply.Header("Content-Type"));
        Assert.Equal(language, reply.Header("Content-Language"));
        Assert.Equal(problem.Status, reply.Json.GetProperty("status").GetInt32());
        Assert.Equal(sentence(problem).Replace("{0}", "access", StringComparison.Ordinal), reply.Text("detail"));
        Assert.False(string.IsNullOrEmpty(reply.Text("trace_id")));
        Assert.Equal(problem.Status is 429 or 503, int.TryParse(reply.Header("Retry-After"), out var seconds) && seconds > 0);
        Assert.Equal(provoked.AtOAuthEndpoint ? problem.OAuthError : null, Member(reply, "error"));
        Assert.Equal(code == "validation_failed", reply.Json.TryGetProperty("errors", out _));
        Assert.Equal(ChallengeOf(problem, provoked), reply.Header("WWW-Authenticate"));
        Harmless.Check(reply);
    }

    // RFC 6750 section 3.1: without authentication information "the resource server SHOULD NOT include an error code".
    private static string? ChallengeOf(Problem problem, Provoked provoked) => problem.Code switch
    {
        "invalid_client" => "Basic realm=\"cancela\", charset=\"UTF-8\"",
        "insufficient_scope" => "Bearer error=\"insufficient_scope\", scope=\"admin\"",
        "insufficient_user_authentication" => $"Bearer error=\"insufficient_user_authentication\", error_description=\"{problem.English}\", max_age=\"300\"",
        "invalid_credentials" or "second_factor_required" or "second_factor_invalid" or "challenge_invalid" => null,
        _ when problem.Status != 401 => null,
        _ when !provoked.ByBearer => "Bearer",
        _ => $"Bearer error=\"invalid_token\", error_description=\"{problem.English.Replace("{0}", "access", StringComparison.Ordinal)}\"",
    };

    private static string? Member(Reply reply, string name) =>
        reply.Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
