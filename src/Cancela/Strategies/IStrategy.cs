using System.Diagnostics.CodeAnalysis;
using Cancela.Sql;

namespace Cancela.Strategies;

/// <summary>
/// One way of handing out credentials. A strategy never sees HTTP: it issues and recognises strings, and a carrier
/// (cookie, bearer header) takes them to the client and back.
/// </summary>
internal interface IStrategy
{
    public string Name { get; }

    /// <summary>
    /// Hands out a credential of a new session, in the transaction of the sign-in. <see langword="null"/>: the account changed
    /// since the proof, and nothing of the transaction may hold.
    /// </summary>
    public Task<Grant?> IssueAsync(Transaction transaction, Proof proof, Guid sessionId);

    /// <summary>Whose credential is this? As far as the node can tell by itself, which is nearly always; false: somebody has to be asked.</summary>
    public bool TryRecognize(string credential, [NotNullWhen(true)] out Recognition? recognition);

    /// <summary>The same, of what the node cannot tell by itself.</summary>
    public ValueTask<Recognition> AskAsync(string credential, CancellationToken cancellationToken);
}
