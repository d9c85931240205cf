namespace Cancela.Revocation;

/// <summary>What a node does with a credential while it has not heard from the revocation log for longer than the bound.</summary>
public enum WhenBlind
{
    /// <summary>Asks the store about this credential, and refuses with 503 when the store does not answer either.</summary>
    AskStore,

    /// <summary>Refuses with 503 at once.</summary>
    Refuse,

    /// <summary>
    /// Decides from what it last knew. This gives the promise up: it is what stateless tokens do everywhere, and a
    /// warning says so at start.
    /// </summary>
    Accept,
}
