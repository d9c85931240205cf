using System.Collections.Concurrent;

namespace Cancela.Tests.Migration;

/// <summary>
/// People who never stop: a cookie and a pair of tokens each, shown and renewed all the time. Nobody answers, or 503: they try
/// again. Beside them some who sign in and out, and remember what they were told was ended.
/// </summary>
internal sealed class Regulars(MovedServer server)
{
    private readonly CancellationTokenSource _leaving = new();
    private volatile TaskCompletionSource _served = Done();
    private List<Task> _walks = [];
    private int _answers;
    private int _retries;

    /// <summary>Answers that somebody who is signed in must not get.</summary>
    public ConcurrentQueue<string> Refused { get; } = new();

    /// <summary>Cookies and tokens whose end was acknowledged.</summary>
    public ConcurrentQueue<(Dictionary<string, string> Cookies, string Access, string Refresh)> Gone { get; } = new();

    public int Answers => Volatile.Read(ref _answers);

    public int Retries => Volatile.Read(ref _retries);

    public async Task SignInAsync(int people, int leavers)
    {
        for (var i = 0; i < people + leavers; i++)
        {
            using var client = server.Client();
            await client.RegisterAsync($"person{i}@example.com");
        }
        var walks = new List<Task>();
        for (var i = 0; i < people; i++)
        {
            var client = server.Client();
            await client.LoginAsync($"person{i}@example.com");
            var tokens = await client.TokenAsync($"person{i}@example.com");
            walks.Add(Task.Run(() => StayAsync(client, tokens.Text("access_token")!, tokens.Text("refresh_token")!)));
        }
        for (var i = people; i < people + leavers; i++)
        {
            var email = $"person{i}@example.com";
            walks.Add(Task.Run(() => ComeAndGoAsync(email)));
        }
        _walks = walks;
    }

    /// <summary>The server goes away: who is not answered waits until it is said that another one is there.</summary>
    public void Close() => _served = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Reopen() => _served.TrySetResult();

    /// <summary>Returns when there were so many answers more.</summary>
    public async Task GoOnAsync(int more = 400)
    {
        var until = Answers + more;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Answers < until && !_walks.Exists(static walk => walk.IsCompleted)) await timer.WaitForNextTickAsync();
    }

    public async Task LeaveAsync()
    {
        await _leaving.CancelAsync();
        await Task.WhenAll(_walks);
        _leaving.Dispose();
    }

    private async Task StayAsync(TestClient client, string access, string refresh)
    {
        using var phone = server.Client();
        while (!_leaving.IsCancellationRequested)
        {
            client.Bearer = null;
            Judge(await InsistAsync(() => client.GetAsync("/auth/me")));
            phone.Bearer = access;
            Judge(await InsistAsync(() => phone.GetAsync("/auth/me")));
            phone.Bearer = refresh;
            var renewed = await InsistAsync(() => phone.PostAsync("/auth/refresh"));
            if (!Judge(renewed)) continue;
            (access, refresh) = (renewed.Text("access_token")!, renewed.Text("refresh_token")!);
        }
        client.Dispose();
    }

    private async Task ComeAndGoAsync(string email)
    {
        while (!_leaving.IsCancellationRequested)
        {
            using var client = server.Client();
            if (!Judge(await InsistAsync(() => client.PostAsync("/auth/login", new { email, password = Person.Password })))) continue;
            var cookies = new Dictionary<string, string>(client.Cookies);
            var tokens = await InsistAsync(() => client.FormAsync("/auth/token", ("username", email), ("password", Person.Password)));
            if (!Judge(tokens)) continue;
            // Whose answer is lost may have been ended before it asks again: only what is acknowledged is held against the server.
            var browserLeft = await InsistAsync(() => client.PostAsync("/auth/logout"));
            using var phone = server.Client(tokens.Text("access_token"));
            var phoneLeft = await InsistAsync(() => phone.PostAsync("/auth/logout"));
            if ((int)browserLeft.Status == 204 && (int)phoneLeft.Status == 204)
                Gone.Enqueue((cookies, tokens.Text("access_token")!, tokens.Text("refresh_token")!));
        }
    }

    private async Task<Reply> InsistAsync(Func<Task<Reply>> ask)
    {
        while (true)
        {
            var served = _served;
            try
            {
                var reply = await ask();
                if ((int)reply.Status != 503) return reply;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // Nobody there, or gone in the middle of the answer.
            }
            Interlocked.Increment(ref _retries);
            await served.Task;
            await Task.Yield();
        }
    }

    private bool Judge(Reply reply)
    {
        Interlocked.Increment(ref _answers);
        if ((int)reply.Status == 200) return true;
        Refused.Enqueue($"{(int)reply.Status} {reply.Body}");
        return false;
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
