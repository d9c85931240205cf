using Cancela.Audit;
using Cancela.Sql;
using Cancela.Tests.Contracts;
using Xunit;

namespace Cancela.Tests.Audit;

[OnEachStore]
public sealed class Audit_rows : IAsyncLifetime
{
    private static readonly CancellationToken Token = CancellationToken.None;
    private static readonly Guid Account = new("22222222-2222-2222-2222-22222222abcd");
    private static readonly Guid Session = new("11111111-1111-1111-1111-11111111abcd");

    private readonly ManualClock _clock = new();
    private TestDatabase _store = null!;
    private AuditLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestDatabase.CreateAsync(_clock);
        _log = new AuditLog(_store.Database, _clock);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_row_tells_what_happened_to_whom_when_and_from_where()
    {
        await _log.AppendAsync(new(AuditEvents.SignIn, "invalid_credentials", Account, Session, "session"), new("203.0.113.7", "curl/8", "trace"), Token);

        Assert.Equal(
            [$"sign_in|invalid_credentials|{Account}|{Session}|session|203.0.113.7|curl/8|trace|{Environment.MachineName}"],
            await _store.ReadAsync(
                """
                SELECT event || '|' || outcome || '|' || lower(CAST(account_id AS text)) || '|' || lower(CAST(session_id AS text)) || '|' || method || '|' || ip_address || '|' ||
                       user_agent || '|' || trace_id || '|' || node FROM cancela_audit
                """));
        var at = await _store.Database.ReadAllAsync(new("SELECT at FROM cancela_audit"), row => row.GetFieldValue<DateTimeOffset>(0), Token);
        Assert.Equal(_clock.GetUtcNow(), Assert.Single(at));
    }

    [Fact]
    public async Task What_is_not_known_is_null()
    {
        await _log.AppendAsync(new(AuditEvents.KeyRotated, AuditEvent.Success), ClientInfo.None, Token);

        Assert.Equal(["1"], await _store.ReadAsync(
            """
            SELECT count(*) FROM cancela_audit WHERE account_id IS NULL AND session_id IS NULL AND method IS NULL AND ip_address IS NULL
            AND user_agent IS NULL AND trace_id IS NULL
            """));
    }

    [Fact]
    public async Task A_row_holds_together_with_what_it_tells_about()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.Database.TransactAsync<bool>(async transaction =>
        {
            _log.Append(transaction, new(AuditEvents.SignOut, AuditEvent.Success), ClientInfo.None);
            throw new InvalidOperationException();
        }, Token));
        Assert.Equal(["0"], await _store.ReadAsync("SELECT count(*) FROM cancela_audit"));
    }

    [Fact]
    public async Task A_sweep_deletes_what_is_older_than_the_retention_and_nothing_else()
    {
        await _log.AppendAsync(new("old", AuditEvent.Success), ClientInfo.None, Token);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _log.AppendAsync(new("young", AuditEvent.Success), ClientInfo.None, Token);
        _clock.Advance(AuditLog.Retention);

        await _log.SweepAsync(Token);

        Assert.Equal(["young"], await _store.ReadAsync("SELECT event FROM cancela_audit"));
    }

    // A node's clock was ahead: its row is young, and stands among old ones.
    [Fact]
    public async Task However_many_are_old_a_sweep_deletes_them_all_whatever_stands_among_them()
    {
        _clock.JumpWall(AuditLog.Retention);
        await _log.AppendAsync(new("young", AuditEvent.Success), ClientInfo.None, Token);
        _clock.JumpWall(-AuditLog.Retention);
        await _store.Database.TransactAsync(transaction =>
        {
            for (var i = 0; i < Sweep.Batch + 1; i++) _log.Append(transaction, new("old", AuditEvent.Success), ClientInfo.None);
            return Task.FromResult(true);
        }, Token);
        _clock.Advance(AuditLog.Retention + TimeSpan.FromSeconds(1));

        await _log.SweepAsync(Token);

        Assert.Equal(["young"], await _store.ReadAsync("SELECT event FROM cancela_audit"));
    }
}
