using Cancela.Strategies;
using Cancela.Tests.Tokens;
using Xunit;

namespace Cancela.Tests.Strategies;

/// <summary>Signing out works with whatever the client still holds.</summary>
public class Sessions_of_tokens
{
    private readonly TokenLab _lab = new();

    private TokenSessions Sessions => new(_lab.Reader);

    [Fact]
    public void A_token_of_either_type_names_its_session()
    {
        var (access, refresh) = (_lab.Access, _lab.Refresh);

        Assert.Equal(access.SessionId, Sessions.Find(_lab.Writer.Write(access))?.SessionId);
        Assert.Equal(refresh.SessionId, Sessions.Find(_lab.Writer.Write(refresh))?.SessionId);
    }

    [Fact]
    public void So_does_one_that_expired()
    {
        var (access, refresh) = (_lab.Access, _lab.Refresh);
        var (one, other) = (_lab.Writer.Write(access), _lab.Writer.Write(refresh));
        _lab.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(access.SessionId, Sessions.Find(one)?.SessionId);
        Assert.Equal(refresh.SessionId, Sessions.Find(other)?.SessionId);
    }

    [Fact]
    public void A_token_that_is_not_ours_names_none()
    {
        var other = new TokenLab();

        Assert.Null(Sessions.Find(other.Writer.Write(other.Access)));
        Assert.Null(Sessions.Find(""));
        Assert.Null(Sessions.Find("abc"));
        Assert.Null(Sessions.Find(_lab.Writer.Write(_lab.Access) + "A"));
    }
}
