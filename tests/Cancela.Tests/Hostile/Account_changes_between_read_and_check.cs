using Cancela.Accounts;
using Cancela.Sql;
using Cancela.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>The row is read, the account changes, the revocation set is asked: the session did not end.</summary>
[OnEachStore]
public sealed class Account_changes_between_read_and_check : IAsyncLifetime
{
    // Longer than a node remembers, or the nodes share, what was read of it.
    private static readonly TimeSpan UntilTheRowIsRead = TimeSpan.FromMinutes(12);

    private readonly ManualClock _clock = new();
    private TestStore _store = null!;
    private Database _behind = null!;
    private InterleavedDatabase _database = null!;
    private CancelaHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.CreateAsync();
        _behind = _store.Open(_clock);
        _database = new InterleavedDatabase(_behind);
        _host = await CancelaHost.StartAsync(clock: _clock, folder: _store.Folder, services: all => all.AddSingleton<Database>(_database));
    }

    [Fact]
    public async Task A_change_of_role_just_then_signs_nobody_out()
    {
        using var client = await SignedInAsync();
        var id = (await client.GetAsync("/auth/me")).Expect(200).Json.GetProperty("user").Id();
        await _host.AdvanceAsync(UntilTheRowIsRead);

        _database.Then = () => _host.ChangeAsync(id, new AccountChange { Role = Roles.Administrator });
        var reply = (await client.GetAsync("/auth/me")).Expect(200);

        Assert.Null(_database.Then);
        Assert.Equal(Roles.Administrator, reply.Json.GetProperty("user").GetProperty("role").GetString());
    }

    [Fact]
    public async Task A_closing_just_then_does()
    {
        using var client = await SignedInAsync();
        var id = (await client.GetAsync("/auth/me")).Expect(200).Json.GetProperty("user").Id();
        await _host.AdvanceAsync(UntilTheRowIsRead);

        _database.Then = () => _host.ChangeAsync(id, new AccountChange { Status = AccountStatus.Closed });
        (await client.GetAsync("/auth/me")).Expect(401, "session_invalid");

        Assert.Null(_database.Then);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
        await _behind.DisposeAsync();
        await _store.DisposeAsync();
    }

    private async Task<TestClient> SignedInAsync()
    {
        var client = _host.Client();
        await client.RegisterAsync(Person.Ada);
        await client.LoginAsync(Person.Ada);
        return client;
    }
}
