using System.Net.Http.Headers;

namespace Cancela.Faults;

/// <summary>An address that requests are sent to: one of the nodes, or nginx before them.</summary>
internal sealed class Door : IDisposable
{
    /// <summary>The number of nginx' door; the nodes' are below it.</summary>
    public const int Proxy = 3;

    public const string CookieName = "sid";

    // Longer than any fault is held: who is asked during one answers in the end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;
    private int _waiting;

    public Door(int number, Uri address)
    {
        Number = number;
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false, MaxConnectionsPerServer = 64, ConnectTimeout = TimeSpan.FromSeconds(5) };
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = Patience };
    }

    public int Number { get; }

    /// <summary>Requests that wait for an answer.</summary>
    public int Waiting => _waiting;

    public static string NameOf(int number) => number == Proxy ? "nginx" : $"node {number + 1}";

    /// <summary>Sends a request, with a credential or without.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, Credential? credential = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (credential is { Kind: CredentialKind.Cookie }) request.Headers.TryAddWithoutValidation("Cookie", $"{CookieName}={credential.Value}");
        else if (credential is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential.Value);
        var sent = Ticks.Now;
        Interlocked.Increment(ref _waiting);
        try
        {
            using var response = await _http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            return new Answer(Number, (int)response.StatusCode, body, CookieIn(response), sent, Ticks.Now);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            return new Answer(Number, 0, "", null, sent, Ticks.Now);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _http.Dispose();

    private static string? CookieIn(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var lines)) return null;
        var value = lines.Select(static line => line.Split(';')[0].Split('=', 2)).FirstOrDefault(static pair => pair[0] == CookieName)?[1];
        return string.IsNullOrEmpty(value) ? null : value;
    }
}

/// <summary>What came back.</summary>
/// <param name="Status">0: nothing.</param>
/// <param name="Cookie">The value of the session's cookie, where one was set.</param>
internal sealed record Answer(int Door, int Status, string Body, string? Cookie, long Sent, long Received)
{
    // A commit may be under way that nobody answers for: it comes after whatever we ask next.
    private static readonly long Slow = Ticks.Of(TimeSpan.FromSeconds(4));

    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>It may be carried out yet, or never.</summary>
    public bool MayComeLate => !Succeeded && (Status == 504 || Received - Sent > Slow);

    public Outcome Outcome => Status switch
    {
        >= 200 and < 300 => Outcome.Accepted,
        401 => Outcome.Refused,
        502 or 503 or 504 => Outcome.Unavailable,
        0 => Outcome.Silent,
        _ => Outcome.Odd,
    };

    public override string ToString() => $"{Status} of {Faults.Door.NameOf(Door)}: {Body}";
}
