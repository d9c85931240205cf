using Cancela.Gate;
using Xunit;

namespace Cancela.Tests.Gate;

/// <summary>RFC 6750 section 2.1.</summary>
public class Bearer_tokens
{
    [Theory]
    [InlineData("Bearer abc.def.ghi", "abc.def.ghi")]
    [InlineData("bearer abc", "abc")]
    [InlineData("BEARER abc", "abc")]
    [InlineData("Bearer   abc  ", "abc")]
    [InlineData("Bearer ", "")]
    [InlineData("Bearer a b", "a b")]
    public void A_bearer_header_shows_its_token(string header, string token)
    {
        Assert.True(BearerCarrier.TryRead(Request.With(("Authorization", header)), out var read));
        Assert.Equal(token, read);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Basic YTpi")]
    [InlineData("Bearerabc")]
    [InlineData("abc")]
    [InlineData(" Bearer abc")]
    public void Any_other_header_shows_none(string header)
    {
        Assert.False(BearerCarrier.TryRead(Request.With(("Authorization", header)), out var read));
        Assert.Equal("", read);
    }

    [Fact]
    public void No_header_shows_none() => Assert.False(BearerCarrier.TryRead(Request.With(), out _));

    // Not "none": the cookie beside them must not decide in their place.
    [Fact]
    public void Two_headers_show_a_token_that_is_worth_nothing()
    {
        Assert.True(BearerCarrier.TryRead(Request.With(("Authorization", "Bearer a"), ("Authorization", "Bearer b")), out var read));
        Assert.Equal("", read);
    }

    [Fact]
    public void It_is_taken_from_the_header_only()
    {
        var context = Request.With();
        context.Request.QueryString = new("?access_token=abc");

        Assert.False(BearerCarrier.TryRead(context, out _));
    }

    [Theory]
    [InlineData(600, true)]
    [InlineData(4_096, false)]
    public void A_header_that_comes_again_is_cut_once_unless_it_fills_memory(int length, bool once)
    {
        var header = ("Authorization", "Bearer " + new string('a', length));
        Assert.True(BearerCarrier.TryRead(Request.With(header), out var first));
        Assert.True(BearerCarrier.TryRead(Request.With(header), out var second));

        Assert.Equal((length, first), (second.Length, second));
        Assert.Equal(once, ReferenceEquals(first, second));
    }
}
