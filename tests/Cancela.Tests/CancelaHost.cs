using Cancela.Accounts;
using Cancela.Revocation;
using Cancela.Sql;
using Cancela.Strategies.Sessions;
using Cancela.Tests.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cancela.Tests;

/// <summary>
/// The library in a host of its own: real Kestrel on a free port of loopback, a real database, a manual clock. As a user
/// would set it up: <c>AddCancela</c>, <c>MapCancela</c>, and the host's own endpoints.
/// </summary>
internal sealed class CancelaHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestStore _store;
    private readonly bool _ownsStore;

    private CancelaHost(WebApplication app, ManualClock clock, TestStore store, bool ownsStore)
    {
        _app = app;
        Clock = clock;
        _store = store;
        _ownsStore = ownsStore;
        Address = new Uri(app.Urls.Single());
    }

    public ManualClock Clock { get; }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Whether nodes look for each other's copies of sessions before they ask the database.</summary>
    public bool SharesCopies => Services.GetService<ISessionCopies>() is not null;

    public Database Database => Services.GetRequiredService<Database>();

    /// <summary>The database, past the host.</summary>
    public RawSql Sql => _store.Sql;

    /// <summary>The store's folder: a second host started with it is a second process on the same database.</summary>
    public string Folder => _store.Folder;

    /// <param name="profile">One of the five, or none.</param>
    /// <param name="settings">Settings below <c>Cancela:</c>.</param>
    /// <param name="configure">The host's own endpoints.</param>
    /// <param name="clock">Shared with another host, or a new one.</param>
    /// <param name="folder">Shared with another host, or a new one.</param>
    /// <param name="environment">Production unless said: a secret is set.</param>
    /// <param name="services">The host's own services.</param>
    /// <param name="below">The path below which the endpoints are mapped.</param>
    public static async Task<CancelaHost> StartAsync(
        string? profile = null, Dictionary<string, string?>? settings = null, Action<WebApplication>? configure = null, ManualClock? clock = null,
        string? folder = null, string environment = "Production", Action<IServiceCollection>? services = null,
        string? below = null)
    {
        var store = await (folder is null ? TestStore.CreateAsync() : TestStore.InAsync(folder));
        clock ??= new ManualClock();
        store.Follow(clock);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment, ContentRootPath = store.Folder });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var all = new Dictionary<string, string?> { ["Profile"] = profile, ["Signing:Secret"] = TestSecret.Value };
        foreach (var (name, value) in settings ?? []) all[name] = value;
        builder.Configuration.AddInMemoryCollection(all.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create("Cancela:" + pair.Key, pair.Value)));
        builder.Services.AddSingleton<TimeProvider>(clock);
        store.Choose(builder.Services.AddCancela());
        services?.Invoke(builder.Services);
        var app = builder.Build();
        if (below is null) app.MapCancela();
        else app.MapGroup(below).MapCancela();
        configure?.Invoke(app);
        await app.StartAsync();
        return new CancelaHost(app, clock, store, ownsStore: folder is null);
    }

    /// <summary>A browser or a program: keeps its cookies, follows nothing.</summary>
    public TestClient Client() => new(Address);

    /// <summary>Registers somebody and makes them an administrator, as the command line would.</summary>
    public async Task<Guid> AdministratorAsync(TestClient client, string email)
    {
        var id = (await client.RegisterAsync(email)).GetProperty("id").GetGuid();
        await ChangeAsync(id, new AccountChange { Role = Roles.Administrator });
        return id;
    }

    /// <summary>Changes an account past the endpoints.</summary>
    public async Task ChangeAsync(Guid id, AccountChange change) =>
        Assert.IsType<AccountUpdate.Updated>(await Services.GetRequiredService<AccountDirectory>().UpdateAsync(id, change, CancellationToken.None));

    /// <summary>Time passes, and the node hears from the log as it would have meanwhile.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        Clock.Advance(by);
        await Services.GetRequiredService<RevocationFollower>().FollowOnceAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsStore) await _store.DisposeAsync();
    }
}
