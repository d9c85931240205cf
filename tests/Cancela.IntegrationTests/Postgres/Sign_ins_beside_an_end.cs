using Cancela.Audit;
using Cancela.Strategies;
using Cancela.Tests.Contracts;
using Cancela.Tests.Strategies;
using Xunit;

namespace Cancela.IntegrationTests.Postgres;

/// <summary>Writers beside each other: a sign-in that has written its row and not committed, while all of its account's sessions are ended.</summary>
public sealed class Sign_ins_beside_an_end : SessionLab
{
    private protected override string Kind => TestStore.Postgres;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_was_signing_in_is_ended_with_the_others(bool movesOn)
    {
        var (written, release, ended) = (Signal(), Signal(), Signal());
        var proof = new Proof(Subject.Of(Ada), "", "pwd", Clock.GetUtcNow(), ClientInfo.None);
        var row = SessionRow.Open(proof, AccessTokens.NewId(), StrategyNames.Session, Clock.GetUtcNow().AddDays(7), DateTimeOffset.MaxValue);
        var signIn = Store.Database.TransactAsync(async transaction =>
        {
            Assert.True(await Sessions.OpenAsync(transaction, row, Ada.Version));
            written.SetResult();
            await release.Task;
            return true;
        }, Token);
        await written.Task;

        var end = Store.Database.TransactAsync(async transaction =>
        {
            await Sessions.EndOthersAsync(transaction, Ada.Id, null);
            ended.TrySetResult();
            if (movesOn) await Accounts.MoveOnAsync(transaction, Ada.Id);
            return true;
        }, Token);
        // It waits for the sign-in, or has gone past it.
        while (!ended.Task.IsCompleted && !await WaitsAsync()) TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        release.SetResult();
        await signIn;
        await end;

        Assert.Empty(await ListAsync());
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<bool> WaitsAsync() =>
        // Others test on this server, too.
        (await Store.ReadAsync("SELECT 'waits' FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")).Count > 0;
}
