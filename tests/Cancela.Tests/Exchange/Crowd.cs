using System.Collections.Concurrent;

namespace Cancela.Tests.Exchange;

/// <summary>
/// People with a browser of several tabs and a program, who never stop: each request goes to another node, each refresh is done
/// by two tabs at once. They keep what they are handed, and sign in never again.
/// </summary>
internal sealed class Crowd : IAsyncDisposable
{
    // Of five requests each, with a cookie and tokens.
    private const int MoreTurns = 3;

    private readonly Nodes _nodes;
    private readonly CancellationTokenSource _leaving = new();
    private readonly List<Member> _members = [];
    private Task[] _walks = [];
    private TaskCompletionSource _stepped = New();
    private int _requests;

    private Crowd(Nodes nodes) => _nodes = nodes;

    public ConcurrentQueue<string> Refused { get; } = new();

    public int Requests => Volatile.Read(ref _requests);

    private sealed class Member
    {
        public Dictionary<string, string> Cookies { get; set; } = [];

        public string? Access { get; set; }

        public string? Refresh { get; set; }

        public bool Wants { get; set; }

        /// <summary>Walks that were begun. What one began with may end with it.</summary>
        public int Turns;
    }

    public static async Task<Crowd> SignInAsync(Nodes nodes, int people, bool tokens = true)
    {
        var crowd = new Crowd(nodes);
        for (var i = 0; i < people; i++)
        {
            using var client = nodes.One.Client();
            var email = $"person{i}@example.com";
            await client.RegisterAsync(email);
            await client.LoginAsync(email);
            var member = new Member { Cookies = new(client.Cookies) };
            if (tokens)
            {
                var reply = await client.TokenAsync(email);
                (member.Access, member.Refresh) = (reply.Text("access_token"), reply.Text("refresh_token"));
            }
            crowd._members.Add(member);
        }
        crowd._walks = [.. crowd._members.Select(member => Task.Run(() => crowd.WalkAsync(member)))];
        return crowd;
    }

    /// <summary>What everybody holds under this name.</summary>
    public IReadOnlyList<string> CookiesOf(string name) => [.. _members.Select(member => member.Cookies[name])];

    /// <summary>Returns when everybody has done some more, and holds on to nothing from before.</summary>
    public async Task GoOnAsync()
    {
        var until = _members.Select(static member => Volatile.Read(ref member.Turns) + MoreTurns).ToArray();
        while (true)
        {
            var stepped = Volatile.Read(ref _stepped).Task;
            if (_walks.Any(static walk => walk.IsCompleted) || !_members.Where((member, i) => Volatile.Read(ref member.Turns) < until[i]).Any()) return;
            await Task.WhenAny([.. _walks, stepped]);
        }
    }

    /// <summary>From now on everybody asks for tokens, with two tabs at once, and shows the cookie beside.</summary>
    public async Task TakeTokensAsync()
    {
        foreach (var member in _members) member.Wants = true;
        await GoOnAsync();
        await GoOnAsync();
    }

    public async Task LeaveAsync()
    {
        await _leaving.CancelAsync();
        await Task.WhenAll(_walks);
    }

    /// <summary>One request of each kind by each.</summary>
    public async Task<List<Reply>> OnceMoreAsync(bool cookies = true)
    {
        var replies = new List<Reply>();
        foreach (var member in _members)
        {
            if (cookies) replies.Add(await BrowseAsync(_nodes.One, member));
            if (member.Refresh is not null) replies.Add(await RefreshAsync(_nodes.Other, member.Refresh));
        }
        return replies;
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        _leaving.Dispose();
    }

    private async Task WalkAsync(Member member)
    {
        for (var turn = 0; !_leaving.IsCancellationRequested; turn++)
        {
            Interlocked.Increment(ref member.Turns);
            Interlocked.Exchange(ref _stepped, New()).SetResult();
            var (here, there) = (_nodes.At(turn), _nodes.At(turn + 1));
            var tabs = await Task.WhenAll(BrowseAsync(here, member), BrowseAsync(there, member));
            foreach (var tab in tabs) Keep(tab, member);
            if (member.Access is not null) Judge(await here.ShowTokenAsync(member.Access));
            if (member.Refresh is { } refresh) await RenewAsync(member, RefreshAsync(here, refresh), RefreshAsync(there, refresh));
            else if (member.Wants) await RenewAsync(member, ExchangeAsync(here, member), ExchangeAsync(there, member));
        }
    }

    private async Task RenewAsync(Member member, params Task<Reply>[] tabs)
    {
        var replies = await Task.WhenAll(tabs);
        foreach (var reply in replies.Where(Judge))
        {
            member.Access = reply.Text("access_token");
            if (reply.Json.TryGetProperty("refresh_token", out var next)) member.Refresh = next.GetString();
        }
    }

    private void Keep(Reply reply, Member member)
    {
        Judge(reply);
        foreach (var line in reply.SetCookies)
        {
            var pair = line.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0) member.Cookies.Remove(pair[0]);
            else member.Cookies[pair[0]] = pair[1];
        }
    }

    private bool Judge(Reply reply)
    {
        Interlocked.Increment(ref _requests);
        if ((int)reply.Status == 200) return true;
        Refused.Enqueue($"{(int)reply.Status} {reply.Body}");
        return false;
    }

    private static async Task<Reply> BrowseAsync(CancelaHost node, Member member)
    {
        using var client = Browser(node, member);
        return await client.GetAsync("/auth/me");
    }

    private static async Task<Reply> ExchangeAsync(CancelaHost node, Member member)
    {
        using var client = Browser(node, member);
        return await client.PostAsync("/auth/refresh");
    }

    private static async Task<Reply> RefreshAsync(CancelaHost node, string token)
    {
        using var client = node.Client();
        client.Bearer = token;
        return await client.PostAsync("/auth/refresh");
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TestClient Browser(CancelaHost node, Member member)
    {
        var client = node.Client();
        foreach (var (name, value) in member.Cookies.ToArray()) client.Cookies[name] = value;
        return client;
    }
}
