namespace Cancela.Tests.Hostile;

/// <content>What a host in trouble says: each has a host of its own.</content>
internal static partial class Provocations
{
    private static async Task<Provoked> RateLimitedAsync(CancelaHost host, TestClient client)
    {
        await using var own = await CancelaHost.StartAsync(settings: new() { ["Limits:PerNetwork"] = "1" });
        using var caller = Like(client, own);
        await caller.RegisterAsync(NewEmail());
        return new(await caller.PostAsync("/auth/login", new { email = NewEmail(), password = Person.Password }));
    }

    private static async Task<Provoked> InternalErrorAsync(CancelaHost host, TestClient client)
    {
        await using var own = await BreakableHost.StartAsync();
        using var caller = await SignedInLikeAsync(client, own.Host);
        own.Line.Meanwhile = static () => throw new InvalidOperationException("A bug, with a secret in its message.");
        return new(await caller.GetAsync("/auth/me"), ByBearer: true);
    }

    private static async Task<Provoked> RevocationUnknownAsync(CancelaHost host, TestClient client)
    {
        await using var own = await BreakableHost.StartAsync(new() { ["Revocation:WhenBlind"] = "Refuse" });
        using var caller = await SignedInLikeAsync(client, own.Host);
        own.Line.IsCut = true;
        own.Host.Clock.Advance(TimeSpan.FromSeconds(3));
        return new(await caller.GetAsync("/auth/me"), ByBearer: true);
    }

    private static async Task<Provoked> OverloadedAsync(CancelaHost host, TestClient client)
    {
        await using var own = await CancelaHost.StartAsync(
            settings: new() { ["Password:MaxConcurrentHashes"] = "1", ["Password:MaxQueuedHashes"] = "0", ["Limits:PerNetwork"] = "0" });
        var replies = await Storm.OfAsync(16, async _ =>
        {
            using var caller = Like(client, own);
            return await TokenAsync(caller, NewEmail(), Person.Password);
        });
        return new(replies.First(static reply => reply.Code == "overloaded"), AtOAuthEndpoint: true);
    }

    private static async Task<Provoked> StoreUnavailableAsync(CancelaHost host, TestClient client)
    {
        await using var own = await BreakableHost.StartAsync();
        using var caller = await SignedInLikeAsync(client, own.Host);
        own.Line.IsCut = true;
        return new(await caller.GetAsync("/auth/me"), ByBearer: true);
    }

    private static async Task<TestClient> SignedInLikeAsync(TestClient client, CancelaHost host)
    {
        var caller = Like(client, host);
        await SignedInAsync(caller);
        return caller;
    }

    private static TestClient Like(TestClient client, CancelaHost host)
    {
        var caller = host.Client();
        foreach (var (name, value) in client.Headers) caller.Headers[name] = value;
        return caller;
    }
}
