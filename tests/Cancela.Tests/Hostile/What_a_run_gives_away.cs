using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>A run through every endpoint: its headers, its bodies and its log.</summary>
public sealed class What_a_run_gives_away
{
    private const string NewPassword = "uma senha nova e comprida";

    [Fact]
    public async Task No_log_line_holds_a_secret_and_every_answer_is_protected()
    {
        using var log = new Lines();
        await using var host = await CancelaHost.StartAsync(services: services => services.AddLogging(logging => logging
            .AddFilter("Cancela", LogLevel.Trace).AddFilter("Microsoft", LogLevel.Debug).AddProvider(log)));
        using var client = host.Client();
        var replies = new List<Reply> { await client.PostAsync("/register", new { email = Person.Ada, password = Person.Password }) };
        var id = replies[0].Expect(201).Json.GetProperty("user").Id();
        replies.Add(await client.LoginAsync(Person.Ada));
        var cookie = client.Cookies.Values.Single();
        replies.Add(await client.PostAsync("/auth/password/change", new { current_password = Person.Password, new_password = NewPassword }));
        var exchanged = client.Cookies.Values.Single();
        replies.Add(await client.PostAsync("/auth/login", new { email = Person.Ada, password = "uma senha que nunca serviu" }));
        foreach (var path in new[] { "/auth/me", "/auth/sessions", $"/users/{id}", "/users", "/.well-known/jwks.json", "/.well-known/oauth-authorization-server", $"/users/{id}x" })
            replies.Add(await client.GetAsync(path));
        replies.Add(await client.PutAsync($"/users/{id}", new { name = "Ada" }));
        replies.Add(await client.PostAsync("/auth/logout"));
        var tokens = await client.FormAsync("/auth/token", ("username", Person.Ada), ("password", NewPassword));
        client.Bearer = tokens.Expect(200).Text("refresh_token");
        var renewed = (await client.PostAsync("/auth/refresh")).Expect(200);
        client.Bearer = renewed.Text("access_token");
        replies.Add(await client.DeleteAsync("/auth/sessions"));
        replies.Add(await client.FormAsync("/auth/introspect", ("token", client.Bearer!)));
        replies.Add(await client.FormAsync("/auth/revoke", ("token", client.Bearer!)));
        replies.Add(await client.GetAsync("/auth/me"));
        string[] secrets =
        [
            Person.Password, NewPassword, "uma senha que nunca serviu", cookie, exchanged, TestSecret.Value, "$argon2", Person.Ada,
            .. new[] { tokens, renewed }.SelectMany(static reply => new[] { reply.Text("access_token")!, reply.Text("refresh_token")! }),
        ];

        Assert.All([.. replies, tokens, renewed], static reply => Harmless.Check(reply));
        // Each credential is where it belongs and nowhere else: the e-mail is the account's own and may be shown to its owner.
        foreach (var secret in secrets.Where(static secret => secret != Person.Ada))
            Assert.All(replies, reply => Assert.DoesNotContain(secret, reply.Body, StringComparison.Ordinal));
        var trace = replies[^1].Text("trace_id")!;
        Assert.Contains(log.All, line => line.StartsWith("Refused with", StringComparison.Ordinal) && line.EndsWith($"trace {trace}", StringComparison.Ordinal));
        foreach (var secret in secrets) Assert.All(log.All, line => Assert.DoesNotContain(secret, line, StringComparison.Ordinal));
        Assert.Equal(JsonValueKind.Object, tokens.Json.ValueKind);
    }

    /// <summary>Every line that the host logs.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
