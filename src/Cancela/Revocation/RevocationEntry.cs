namespace Cancela.Revocation;

/// <summary>One row of the log: one of the cases below and no other. All but the last say that something no longer counts.</summary>
/// <param name="Until">When the last credential that it covers expires by itself.</param>
internal abstract record RevocationEntry(DateTimeOffset Until)
{
    /// <summary>A session was ended: everything that names its <c>sid</c> is refused.</summary>
    public sealed record SessionEnded(Guid SessionId, DateTimeOffset Until) : RevocationEntry(Until);

    /// <summary>An account moved on: whatever names a lower version than <paramref name="MinVersion"/> is refused or reloaded.</summary>
    public sealed record AccountMovedOn(Guid AccountId, int MinVersion, DateTimeOffset Until) : RevocationEntry(Until)
    {
        /// <summary>Higher than any version that a credential can name: the account was deleted.</summary>
        public const int NoVersion = int.MaxValue;
    }

    /// <summary>A key was retired: whatever it signed is refused.</summary>
    public sealed record KeyRetired(string KeyId, DateTimeOffset Until) : RevocationEntry(Until);

    /// <summary>A key was made, and revokes nothing: it travels with what does, so that every node verifies with it at once.</summary>
    public sealed record KeyMade(string KeyId, DateTimeOffset Until) : RevocationEntry(Until);
}
