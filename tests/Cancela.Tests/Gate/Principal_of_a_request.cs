using System.Security.Claims;
using Cancela.Gate;
using Cancela.Strategies;
using Xunit;

namespace Cancela.Tests.Gate;

/// <summary>A principal that makes its identity when it is asked for: in whichever way a host asks, it finds what it would find in any other.</summary>
public sealed class Principal_of_a_request
{
    private static readonly Caller Ada = new(
        new("22222222-2222-2222-2222-22222222abcd"), new("11111111-1111-1111-1111-11111111abcd"), "jwt", Person.Ada, "ADMIN", "account admin", "pwd otp",
        DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), DateTimeOffset.FromUnixTimeSeconds(1_700_001_000));

    private static readonly Principals Principals = new();

    public static TheoryData<string, Func<ClaimsPrincipal, string?>> Ways => new()
    {
        { "Identity", static user => user.Identity?.Name },
        { "Identities", static user => user.Identities.Single().Name },
        { "Claims", static user => user.Claims.Single(static claim => claim.Type == "email").Value },
        { "FindFirst", static user => user.FindFirst("email")?.Value },
        { "FindFirst by a condition", static user => user.FindFirst(static claim => claim.Type == "email")?.Value },
        { "FindAll", static user => user.FindAll("email").Single().Value },
        { "FindAll by a condition", static user => user.FindAll(static claim => claim.Type == "email").Single().Value },
        { "HasClaim", static user => user.HasClaim("email", Person.Ada) ? Person.Ada : null },
        { "HasClaim by a condition", static user => user.HasClaim(static claim => claim.Value == Person.Ada) ? Person.Ada : null },
        { "IsInRole", static user => user.IsInRole("ADMIN") && !user.IsInRole("USER") && !user.IsInRole("admin") ? Person.Ada : null },
        { "another principal of it", static user => new ClaimsPrincipal(user).Identity?.Name },
        { "a clone", static user => user.Clone().FindFirst("email")?.Value },
        { "another identity of it", static user => new ClaimsIdentity(user.Identity).FindFirst("email")?.Value },
        { "another identity of another kind", static user => new ClaimsIdentity(user.Identity, [new Claim("more", "yes")], "more", "email", "role").FindFirst("email")?.Value },
        { "more identities", static user => Added(user, static user => user.AddIdentity(new ClaimsIdentity("more"))) },
        { "several more identities", static user => Added(user, static user => user.AddIdentities([new ClaimsIdentity("more")])) },
        { "bytes", static user => Written(user).FindFirst("email")?.Value },
        { "an interface of it", static user => ((System.Security.Principal.IPrincipal)user).Identity?.Name },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void It_says_the_same_in_whichever_way_it_is_asked_first(string way, Func<ClaimsPrincipal, string?> ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        var user = Principals.Of(Ada, byCookie: false);
        Assert.Equal((way, Person.Ada), (way, ask(user)));
        // And once more, now that the identity is there.
        Assert.Equal((way, Person.Ada), (way, ask(user)));
    }

    [Fact]
    public void A_role_that_was_taken_from_its_identity_is_gone_and_one_that_was_added_counts()
    {
        var user = Principals.Of(Ada, byCookie: false);
        Assert.True(user.IsInRole("ADMIN"));
        Assert.NotNull(user.Untouched);

        var identity = (ClaimsIdentity)user.Identity!;
        identity.RemoveClaim(identity.FindFirst("role"));
        identity.AddClaim(new Claim("role", "AUDITOR"));

        Assert.Null(user.Untouched);
        Assert.False(user.IsInRole("ADMIN"));
        Assert.True(user.IsInRole("AUDITOR"));
        Assert.True(Principals.Of(Ada, byCookie: false).IsInRole("ADMIN"));
    }

    [Fact]
    public void A_scope_that_was_taken_from_its_identity_permits_nothing()
    {
        var user = Principals.Of(Ada, byCookie: false);
        var requirement = new ScopeRequirement("account");
        Assert.True(requirement.IsMetBy(user));

        var identity = (ClaimsIdentity)user.Identity!;
        identity.RemoveClaim(identity.FindFirst("scope"));

        Assert.False(requirement.IsMetBy(user));
    }

    [Fact]
    public async Task Who_reads_it_in_parallel_finds_one_identity()
    {
        for (var round = 0; round < 200; round++)
        {
            var user = Principals.Of(Ada, byCookie: false);
            using var together = new Barrier(4);
            var found = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
            {
                together.SignalAndWait();
                return (user.Identity, Name: user.FindFirst("email")?.Value);
            }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Single(user.Identities);
            Assert.All(found, each => Assert.Equal((user.Identity, Person.Ada), each));
        }
    }

    private static string? Added(ClaimsPrincipal user, Action<ClaimsPrincipal> add)
    {
        add(user);
        return user.Identities.First().AuthenticationType == CancelaDefaults.AuthenticationScheme && user.Identities.Last().AuthenticationType == "more" ? user.Identity?.Name : null;
    }

    private static ClaimsPrincipal Written(ClaimsPrincipal user)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        user.WriteTo(writer);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        return new ClaimsPrincipal(reader);
    }
}
