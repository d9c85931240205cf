using Cancela.Caching;
using Cancela.Strategies.Sessions;

namespace Cancela.IntegrationTests.Races;

/// <summary>Ours: a lease before the row is read, a withdrawal after the commit.</summary>
internal sealed class Leases(ISessionCopies copies) : ISharing
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public Func<Task>[] Reader(Digest session, Rows rows, Action accepted)
    {
        CopyReading found = CopyReading.Closed.Instance;
        CopyLease? lease = null;
        byte[]? row = null;
        return
        [
            async () =>
            {
                found = await copies.FindAsync(session);
                if (found is CopyReading.Found) accepted();
            },
            async () => lease = found is CopyReading.Vacant ? await copies.LeaseAsync(session, null) : null,
            () => Task.FromResult(row = found is CopyReading.Found ? null : rows.Read(session)),
            async () =>
            {
                if (lease is not null && row is not null) await copies.PutAsync(session, lease, row, Minute);
            },
        ];
    }

    public Func<Task>[] Prolonger(Digest session, Rows rows)
    {
        CopyReading found = CopyReading.Closed.Instance;
        CopyLease? lease = null;
        byte[]? row = null;
        return
        [
            async () => found = await copies.FindAsync(session),
            async () => lease = found switch
            {
                CopyReading.Found(var copy) => await copies.LeaseAsync(session, copy),
                CopyReading.Vacant => await copies.LeaseAsync(session, null),
                _ => null,
            },
            () => Task.FromResult(row = rows.Prolong(session) ? rows.Read(session) : null),
            async () =>
            {
                if (lease is not null && row is not null) await copies.PutAsync(session, lease, row, Minute);
            },
        ];
    }

    public Func<Task>[] Revoker(Digest session, Rows rows) =>
    [
        () =>
        {
            rows.Delete(session);
            return Task.CompletedTask;
        },
        () => copies.WithdrawAsync(session).AsTask(),
    ];

    public Func<Task>[] SignIn(Digest session, Rows rows)
    {
        var proved = 0;
        return
        [
            () => Task.FromResult(proved = rows.Version),
            () => Task.FromResult(rows.Open(session, proved)),
            .. Reader(session, rows, static () => { }),
        ];
    }

    public Func<Task>[] EndAll(Rows rows)
    {
        List<Digest> ended = [];
        return
        [
            () => Task.FromResult(ended = rows.DeleteAll()),
            () => Task.WhenAll(ended.Select(session => copies.WithdrawAsync(session).AsTask())),
        ];
    }

    public async Task<byte[]?> CopyAsync(Digest session) => await copies.FindAsync(session) is CopyReading.Found(var copy) ? copy : null;
}
