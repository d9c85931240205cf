namespace Cancela.Tests.Faults;

/// <summary>A token sign-in as its client knows it.</summary>
/// <param name="Access">The newest access token.</param>
/// <param name="Refresh">The newest refresh token.</param>
/// <param name="Before">The refresh token before it; none before the first rotation.</param>
/// <param name="Asked">Whether a rotation was asked for whose answer never came: it may have happened or not.</param>
internal sealed record TokenChain(string Access, string Refresh, string? Before = null, bool Asked = false)
{
    public TokenChain Next(Reply reply) => new(reply.Text("access_token")!, reply.Text("refresh_token")!, Refresh);

    public static TokenChain First(Reply reply) => new(reply.Text("access_token")!, reply.Text("refresh_token")!);
}
