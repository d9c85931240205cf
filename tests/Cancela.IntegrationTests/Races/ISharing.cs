using Cancela.Caching;

namespace Cancela.IntegrationTests.Races;

/// <summary>One way of keeping copies in Redis: what each party does, step by step. Ours, and the one that comes to mind first.</summary>
internal interface ISharing
{
    /// <summary>Answers a request from the copy, or reads the row and shares it.</summary>
    public Func<Task>[] Reader(Digest session, Rows rows, Action accepted);

    /// <summary>Answers a request of a session in its second half: moves its end in the row, and in the copy.</summary>
    public Func<Task>[] Prolonger(Digest session, Rows rows);

    /// <summary>Ends a session: when the last step is done, that is acknowledged.</summary>
    public Func<Task>[] Revoker(Digest session, Rows rows);

    /// <summary>Signs in. The proof is the first step.</summary>
    public Func<Task>[] SignIn(Digest session, Rows rows);

    /// <summary>Ends all sessions of the account: when the last step is done, that is acknowledged.</summary>
    public Func<Task>[] EndAll(Rows rows);

    /// <summary>The copy that a request would be answered from now; <see langword="null"/>: there is none.</summary>
    public Task<byte[]?> CopyAsync(Digest session);

    public async Task<bool> IsFoundAsync(Digest session) => await CopyAsync(session) is not null;
}
