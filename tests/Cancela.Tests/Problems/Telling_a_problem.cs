using Cancela.Problems;
using Xunit;

namespace Cancela.Tests.Problems;

/// <summary>RFC 9457, as the contract spells it.</summary>
public class Telling_a_problem
{
    [Fact]
    public async Task The_answer_has_the_members_of_the_contract_and_no_other()
    {
        var told = await Told.ByAsync(new ProblemResult(Problem.NotAuthenticated));

        Assert.Equal(401, told.Response.StatusCode);
        Assert.Equal("application/problem+json; charset=utf-8", told.Response.ContentType);
        Assert.Equal(["type", "title", "status", "detail", "code", "trace_id"], told.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("about:blank", told.Text("type"));
        Assert.Equal("Unauthorized", told.Text("title"));
        Assert.Equal(401, told.Json.GetProperty("status").GetInt32());
        Assert.Equal("Não autenticado", told.Text("detail"));
        Assert.Equal("not_authenticated", told.Text("code"));
        Assert.NotEmpty(told.Text("trace_id")!);
        Assert.Equal("pt-BR", told.Response.Headers.ContentLanguage);
        Assert.Equal("Accept-Language", told.Response.Headers.Vary);
        Assert.Equal("no-store", told.Response.Headers.CacheControl);
        Assert.Equal(0, told.Response.Headers.RetryAfter.Count);
    }

    [Fact]
    public async Task The_sentence_is_in_the_language_asked_for_and_has_its_argument()
    {
        var told = await Told.ByAsync(new ProblemResult(Problem.TokenWrongType) { Argument = "refresh" }, "en-GB");

        Assert.Equal("Invalid token: expected type refresh", told.Text("detail"));
        Assert.Equal("en", told.Response.Headers.ContentLanguage);
    }

    [Fact]
    public async Task The_faults_of_one_field_stand_together_under_its_name()
    {
        var result = new ProblemResult(Problem.ValidationFailed) { Faults = [new("email", "um", "one"), new("password", "dois", "two"), new("email", "três", "three")] };

        var english = (await Told.ByAsync(result, "en")).Json.GetProperty("errors");
        var portuguese = (await Told.ByAsync(result, "pt")).Json.GetProperty("errors");

        Assert.Equal("""{"email":["one","three"],"password":["two"]}""", english.GetRawText());
        Assert.Equal("""{"email":["um","três"],"password":["dois"]}""", portuguese.GetRawText());
    }

    [Theory]
    [InlineData(null, "1")]
    [InlineData(0, "1")]
    [InlineData(-5_000, "1")]
    [InlineData(1, "1")]
    [InlineData(1_000, "1")]
    [InlineData(1_001, "2")]
    [InlineData(59_999, "60")]
    [InlineData(900_000, "900")]
    public async Task Retry_after_is_rounded_up_to_whole_seconds_and_is_at_least_one(int? milliseconds, string header)
    {
        TimeSpan? wait = milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
        foreach (var problem in new[] { Problem.RateLimited, Problem.Overloaded })
            Assert.Equal(header, (await Told.ByAsync(new ProblemResult(problem) { RetryAfter = wait })).Response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Retry_after_is_told_with_429_and_503_only() =>
        Assert.Equal(0, (await Told.ByAsync(new ProblemResult(Problem.Forbidden) { RetryAfter = TimeSpan.FromSeconds(5) })).Response.Headers.RetryAfter.Count);

    [Fact]
    public async Task Where_an_OAuth_client_listens_the_error_of_RFC_6749_stands_beside_ours_in_English()
    {
        var told = await Told.ByAsync(new ProblemResult(Problem.InvalidCredentials), "pt", OAuthErrors.Instance);

        Assert.Equal("invalid_grant", told.Text("error"));
        Assert.Equal("Incorrect email or password", told.Text("error_description"));
        Assert.Equal("Email ou senha incorretos", told.Text("detail"));
    }

    [Fact]
    public void Codes_are_unique_and_snake_case_and_each_problem_has_both_sentences()
    {
        Assert.NotEmpty(Problem.All);
        Assert.Equal(Problem.All.Count, Problem.All.Select(problem => problem.Code).Distinct().Count());
        Assert.All(Problem.All, problem =>
        {
            Assert.Matches("^[a-z]+(_[a-z]+)*$", problem.Code);
            Assert.InRange(problem.Status, 400, 503);
            Assert.NotEqual(problem.Portuguese, problem.English);
            Assert.Equal(problem.Portuguese.Contains("{0}"), problem.English.Contains("{0}"));
        });
    }

    [Fact]
    public void The_private_sentence_of_a_refusal_never_reaches_the_result()
    {
        var result = new Refusal(Problem.RateLimited, "private", "argument", TimeSpan.FromSeconds(3)).ToResult();

        Assert.Same(Problem.RateLimited, result.Problem);
        Assert.Equal("argument", result.Argument);
        Assert.Equal(TimeSpan.FromSeconds(3), result.RetryAfter);
        Assert.Empty(result.Faults);
    }
}
