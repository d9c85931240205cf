using Cancela.Sql;

namespace Cancela.Strategies;

/// <summary>
/// One way of handing out credentials. A strategy never sees HTTP: it issues and recognises strings, and a carrier
/// (cookie, bearer header) takes them to the client and back.
/// </summary>
internal interface IStrategy
{
    string Name { get; }

    /// <summary>Hands out a credential, in the transaction of the sign-in. <see langword="null"/>: the account changed since the proof.</summary>
    Task<Grant?> IssueAsync(Transaction transaction, Proof proof);

    /// <summary>Whose credential is this? Completes synchronously and without the store whenever the node can answer by itself.</summary>
    ValueTask<Recognition> RecognizeAsync(string credential, CancellationToken cancellationToken);
}
