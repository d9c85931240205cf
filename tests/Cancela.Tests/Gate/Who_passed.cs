using System.Security.Claims;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.Strategies;
using Microsoft.AspNetCore.Authorization;
using Xunit;

namespace Cancela.Tests.Gate;

/// <summary>The caller as the host's own code meets them, and what those who may not pass are told.</summary>
public class Who_passed
{
    private static readonly Caller Ada = new(
        new("22222222-2222-2222-2222-22222222abcd"), new("11111111-1111-1111-1111-11111111abcd"), "jwt", Person.Ada, "ADMIN", "account admin", "pwd otp",
        DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), DateTimeOffset.FromUnixTimeSeconds(1_700_001_000));

    [Fact]
    public void A_principal_has_the_claims_of_the_caller_under_the_names_that_the_framework_looks_for()
    {
        var principal = new Principals().Of(Ada, byCookie: false);

        Assert.True(principal.Identity!.IsAuthenticated);
        Assert.Equal(CancelaDefaults.AuthenticationScheme, principal.Identity.AuthenticationType);
        Assert.Equal(Person.Ada, principal.Identity.Name);
        Assert.True(principal.IsInRole("ADMIN"));
        Assert.False(principal.IsInRole("USER"));
        Assert.Equal(Ada.AccountId.ToString(), principal.FindFirstValue(ClaimTypes.NameIdentifier));
        Assert.Equal(Ada.AccountId.ToString(), principal.FindFirstValue("sub"));
        Assert.Equal(Ada.SessionId.ToString(), principal.FindFirstValue("sid"));
        Assert.Equal("account admin", principal.FindFirstValue("scope"));
        Assert.Equal("pwd otp", principal.FindFirstValue("amr"));
        Assert.Equal("1700000000", principal.FindFirstValue("auth_time"));
    }

    [Theory]
    [InlineData("account", true)]
    [InlineData("admin", true)]
    [InlineData("acc", false)]
    [InlineData("Account", false)]
    [InlineData("account admin", false)]
    [InlineData("posts:write", false)]
    public async Task A_scope_is_held_or_named_as_missing(string scope, bool held)
    {
        var requirement = new ScopeRequirement(scope);
        var http = Request.Of();
        var context = new AuthorizationHandlerContext([requirement], new Principals().Of(Ada, byCookie: false), http);

        await requirement.HandleAsync(context);

        Assert.Equal(held, context.HasSucceeded);
        Assert.Equal(held ? null : scope, http.Features.Get<MissingScope>()?.Scope);
    }

    [Fact]
    public async Task Who_has_no_scope_at_all_has_none_of_them()
    {
        var requirement = new ScopeRequirement("account");
        var context = new AuthorizationHandlerContext([requirement], new ClaimsPrincipal(new ClaimsIdentity()), null);

        await requirement.HandleAsync(context);

        Assert.False(context.HasSucceeded);
    }

    [Fact]
    public void Who_showed_no_token_is_asked_for_one_and_told_nothing_else() => Assert.Equal("Bearer", Challenge(Problem.NotAuthenticated, shown: false));

    [Fact]
    public void Who_showed_a_token_is_told_what_is_wrong_with_it_in_quotable_ASCII()
    {
        Assert.Equal("Bearer error=\"invalid_token\", error_description=\"Token expired\"", Challenge(Problem.TokenExpired, shown: true));
        Assert.Equal("Bearer error=\"insufficient_user_authentication\", error_description=\"Second factor required\"", Challenge(Problem.SecondFactorRequired, shown: true));
        foreach (var problem in Problem.All.Where(problem => problem.Status == 401))
        {
            // RFC 6750 section 3: error_description "MUST NOT include characters outside the set %x20-21 / %x23-5B / %x5D-7E".
            // RFC 9470 section 3 for a sign-in that is in and not good enough.
            Assert.Matches("^Bearer error=\"(invalid_token|insufficient_user_authentication)\", error_description=\"[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+\"$", Challenge(problem, shown: true));
            Assert.DoesNotContain("{0}", Challenge(problem, shown: true));
        }
    }

    [Fact]
    public void Nobody_is_challenged_where_a_credential_would_not_help()
    {
        Assert.Equal("", Challenge(Problem.Forbidden, shown: true));
        Assert.Equal("", Challenge(Problem.RevocationUnknown, shown: true));
    }

    [Fact]
    public void A_missing_scope_is_named()
    {
        var context = Request.Of();
        Challenges.AddInsufficientScope(context, "posts:write");

        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"posts:write\"", context.Response.Headers.WWWAuthenticate);
    }

    [Fact]
    public void An_endpoint_that_is_not_behind_the_gate_knows_nobody()
    {
        var context = Request.Of();
        Assert.Throws<InvalidOperationException>(() => CurrentCaller.Of(context));
        context.Features.Set(new Principals().Of(Ada, byCookie: true));

        Assert.Same(Ada, CurrentCaller.CallerOf(context));
    }

    private static string Challenge(Problem problem, bool shown)
    {
        var context = Request.Of();
        Challenges.Add(context, new Refusal(problem, "private", Argument: "refresh"), shown);
        return context.Response.Headers.WWWAuthenticate.ToString();
    }
}
