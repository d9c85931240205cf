using System.Diagnostics.Metrics;
using Cancela.Audit;
using Cancela.Credentials.Passwords;
using Cancela.Problems;
using Cancela.Revocation;
using Cancela.Secrets;
using Cancela.SignIn;
using Cancela.Strategies;
using Cancela.Tests.Hostile;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Host;

public sealed class What_a_host_counts
{
    [Fact]
    public async Task Sign_ins_by_strategy_and_by_what_came_of_them()
    {
        await using var host = await CancelaHost.StartAsync();
        using var figures = Figures.Of(host);
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        await client.TokenAsync(Person.Ada);
        (await client.PostAsync("/auth/login", new { email = Person.Ada, password = "another one" })).Expect(401);
        (await client.FormAsync("/auth/token", ("username", Person.Bia), ("password", Person.Password))).Expect(401);
        (await client.PostAsync("/auth/login", new { email = Person.Ada })).Expect(422);

        Assert.Equal(2, figures["cancela.sign_ins{outcome=success,strategy=session}"]);
        Assert.Equal(1, figures["cancela.sign_ins{outcome=success,strategy=refresh-rotation}"]);
        Assert.Equal(1, figures["cancela.sign_ins{outcome=invalid_credentials,strategy=session}"]);
        Assert.Equal(1, figures["cancela.sign_ins{outcome=invalid_credentials,strategy=refresh-rotation}"]);
        // Where a field is missing nobody tried to sign in.
        Assert.Null(figures["cancela.sign_ins{outcome=validation_failed,strategy=session}"]);
        Assert.Equal(1, figures["cancela.refusals{code=validation_failed}"]);
    }

    [Fact]
    public async Task Refreshes_by_what_came_of_them()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["Refresh:Grace"] = "00:00:00" });
        using var figures = Figures.Of(host);
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        var old = (await client.TokenAsync(Person.Ada)).Text("refresh_token")!;
        client.Bearer = null;
        (await client.FormAsync("/auth/refresh", ("refresh_token", old))).Expect(200);
        (await client.FormAsync("/auth/refresh", ("refresh_token", old))).Expect(401, "refresh_reused");
        (await client.FormAsync("/auth/refresh", ("refresh_token", "nonsense"))).Expect(401, "token_malformed");

        Assert.Equal(1, figures["cancela.refreshes{outcome=success,strategy=refresh-rotation}"]);
        Assert.Equal(1, figures["cancela.refreshes{outcome=refresh_reused,strategy=refresh-rotation}"]);
        Assert.Equal(1, figures["cancela.refreshes{outcome=token_malformed,strategy=refresh-rotation}"]);
    }

    [Fact]
    public async Task Refusals_at_the_gate_and_by_endpoints_each_once_by_code()
    {
        await using var host = await CancelaHost.StartAsync();
        using var figures = Figures.Of(host);
        using var client = host.Client();
        await client.RegisterAsync(Person.Ada);
        (await client.GetAsync("/auth/me")).Expect(401, "not_authenticated");
        (await client.GetAsync("/auth/me")).Expect(401, "not_authenticated");
        await client.TokenAsync(Person.Ada);
        (await client.GetAsync("/users")).Expect(403, "forbidden");
        client.Bearer = "nonsense";
        (await client.GetAsync("/auth/me")).Expect(401, "token_malformed");
        // A credential that is no good where none is asked for refuses nobody.
        (await client.GetAsync("/.well-known/oauth-authorization-server")).Expect(200);
        client.Bearer = null;
        (await client.PostAsync("/register", new { email = Person.Ada, password = Person.Password })).Expect(409, "email_taken");
        (await client.GetAsync("/register")).Expect(405, "method_not_allowed");

        Assert.Equal(2, figures["cancela.refusals{code=not_authenticated}"]);
        foreach (var code in (string[])["forbidden", "token_malformed", "email_taken", "method_not_allowed"])
            Assert.Equal(1, figures[$"cancela.refusals{{code={code}}}"]);
    }

    [Fact]
    public async Task What_a_store_that_does_not_answer_made_of_them()
    {
        await using var broken = await BreakableHost.StartAsync();
        using var figures = Figures.Of(broken.Host);
        using var client = broken.Host.Client();
        await client.RegisterAsync(Person.Ada);
        var refresh = (await client.TokenAsync(Person.Ada)).Text("refresh_token")!;
        client.Bearer = null;
        broken.Line.IsCut = true;
        (await client.PostAsync("/auth/login", new { email = Person.Ada, password = Person.Password })).Expect(503);
        (await client.FormAsync("/auth/refresh", ("refresh_token", refresh))).Expect(503);

        Assert.Equal(1, figures["cancela.sign_ins{outcome=store_unavailable,strategy=session}"]);
        Assert.Equal(1, figures["cancela.refreshes{outcome=store_unavailable,strategy=refresh-rotation}"]);
        Assert.Equal(2, figures["cancela.refusals{code=store_unavailable}"]);
    }

    [Fact]
    public async Task Revocations_by_kind_once_they_are_acknowledged()
    {
        await using var host = await CancelaHost.StartAsync();
        using var figures = Figures.Of(host);
        using var client = host.Client();
        var id = (await client.RegisterAsync(Person.Ada)).GetProperty("id").GetGuid();
        await client.LoginAsync(Person.Ada);
        Assert.Equal(0, figures["cancela.revocations{kind=session}"]);
        Assert.Equal(0, figures["cancela.revocation.set.size"]);
        (await client.PostAsync("/auth/logout")).Expect(204);
        Assert.Equal(1, figures["cancela.revocations{kind=session}"]);
        Assert.Equal(1, figures["cancela.revocation.set.size"]);

        await host.ChangeAsync(id, new() { Role = "ADMIN" });
        Assert.Equal(1, figures["cancela.revocations{kind=account}"]);

        var keys = host.Services.GetRequiredService<SigningKeyDirectory>();
        var first = Assert.Single(await keys.ListAsync(CancellationToken.None)).KeyId;
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await keys.RotateAsync(ClientInfo.None, CancellationToken.None);
        Assert.Equal(Retirement.Retired, await keys.RetireAsync(first, ClientInfo.None, CancellationToken.None));
        Assert.Equal(1, figures["cancela.revocations{kind=key}"]);
        Assert.Equal(3, figures["cancela.revocation.set.size"]);
    }

    [Fact]
    public async Task A_revocation_that_is_rolled_back_is_none()
    {
        await using var host = await CancelaHost.StartAsync();
        using var figures = Figures.Of(host);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Database.TransactAsync<bool>(async transaction =>
        {
            await host.Services.GetRequiredService<SessionDirectory>().EndAsync(transaction, AccessTokens.NewId());
            throw new InvalidOperationException("Changed their mind.");
        }, CancellationToken.None));
        Assert.Equal(0, figures["cancela.revocations{kind=session}"]);
    }

    [Fact]
    public async Task Lag_blindness_and_whom_the_store_was_asked_about()
    {
        await using var broken = await BreakableHost.StartAsync();
        using var figures = Figures.Of(broken.Host);
        using var client = broken.Host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.TokenAsync(Person.Ada);
        Assert.Equal(0, figures["cancela.revocation.lag"]);
        Assert.Equal(0, figures["cancela.revocation.blind.seconds"]);
        Assert.True(figures["cancela.revocation.feed.reads{outcome=success,reason=poll}"] >= 1);

        broken.Line.IsCut = true;
        broken.Host.Clock.Advance(TimeSpan.FromSeconds(5));
        (await client.GetAsync("/auth/me")).Expect(503, "revocation_unknown");
        Assert.Equal(5, figures["cancela.revocation.lag"]);
        Assert.Equal(3, figures["cancela.revocation.blind.seconds"]);
        Assert.Equal(1, figures["cancela.revocation.blind.asked{outcome=unknown}"]);
        Assert.Equal(1, figures["cancela.refusals{code=revocation_unknown}"]);
    }

    [Fact]
    public async Task Password_hashes_that_wait()
    {
        await using var host = await CancelaHost.StartAsync(settings: new() { ["Password:MaxConcurrentHashes"] = "1" });
        using var figures = Figures.Of(host);
        using var busy = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var gate = host.Services.GetRequiredService<PasswordHasher>().Gate;
        var work = new List<Task<string>> { Run() };
        Assert.True(begun.Wait(TimeSpan.FromSeconds(20)));
        Assert.Equal(0, figures["cancela.hash.queue"]);
        work.Add(Run());
        work.Add(Run());
        Assert.Equal(2, figures["cancela.hash.queue"]);

        busy.Set();
        await Task.WhenAll(work);
        Assert.Equal(0, figures["cancela.hash.queue"]);

        Task<string> Run() => gate.TryRun(_ =>
        {
            begun.Set();
            busy.Wait();
            return "";
        }, CancellationToken.None)!;
    }

    [Fact]
    public async Task And_not_what_another_host_in_the_process_counts()
    {
        await using var host = await CancelaHost.StartAsync();
        await using var other = await CancelaHost.StartAsync();
        using var figures = Figures.Of(host);
        using var client = other.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        Assert.Null(figures["cancela.sign_ins{outcome=success,strategy=session}"]);
        Assert.True(figures["cancela.revocation.feed.reads{outcome=success,reason=poll}"] >= 1);
    }

    [Fact]
    public async Task Nothing_is_allocated_for_it()
    {
        await using var host = await CancelaHost.StartAsync();
        var (signIns, renewals, problems) =
            (host.Services.GetRequiredService<SignInMetrics>(), host.Services.GetRequiredService<RenewalMetrics>(), host.Services.GetRequiredService<ProblemMetrics>());
        var (asked, reads) = (host.Services.GetRequiredService<Revocations>().Asked, host.Services.GetRequiredService<RevocationFollower>().Reads);
        Count();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Count();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        // Somebody listens: what it does with a figure is its own affair, and this one keeps none.
        using var listener = new MeterListener { InstrumentPublished = static (instrument, hears) => hears.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        listener.Start();
        Count();
        before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Count();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Count()
        {
            signIns.Count(StrategyNames.Session, AuditEvent.Success);
            renewals.Count(StrategyNames.RefreshRotation, AuditEvent.Success);
            problems.Count(Problem.NotAuthenticated);
            asked.Count(RevocationVerdict.Counts);
            reads.Count(succeeded: true, rung: false);
        }
    }
}
