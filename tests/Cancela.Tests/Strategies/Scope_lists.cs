using Cancela.Strategies;
using Xunit;

namespace Cancela.Tests.Strategies;

/// <summary>RFC 6749 section 3.3.</summary>
public class Scope_lists
{
    [Theory]
    [InlineData("account admin", "account", true)]
    [InlineData("account admin", "admin", true)]
    [InlineData("account", "account", true)]
    [InlineData("account admin", "acc", false)]
    [InlineData("account admin", "count", false)]
    [InlineData("account admin", "account admin", false)]
    [InlineData("account", "Account", false)]
    [InlineData("", "account", false)]
    [InlineData("posts:write", "posts", false)]
    public void A_scope_is_in_a_list_as_a_whole(string scope, string wanted, bool contained) => Assert.Equal(contained, Scopes.Contains(scope, wanted));

    [Theory]
    [InlineData("", "a b c")]
    [InlineData("b", "b")]
    [InlineData("c a", "a c")]
    [InlineData("b x", "b")]
    [InlineData("x", "")]
    [InlineData("a a", "a")]
    public void A_narrowing_leaves_what_is_both_held_and_asked_for(string narrowing, string left) => Assert.Equal(left, Scopes.Narrow(["a", "b", "c"], narrowing));

    [Fact]
    public void A_list_is_split_at_any_number_of_spaces()
    {
        Assert.Equal(["a", "b"], Scopes.Split(" a  b "));
        Assert.Empty(Scopes.Split(""));
        Assert.Equal("a b", Scopes.Join(["a", "b"]));
    }
}
