namespace Cancela.Secrets;

/// <summary>What came of retiring a key.</summary>
internal enum Retirement
{
    /// <summary>It verifies nothing any more.</summary>
    Retired,

    /// <summary>It had been before.</summary>
    AlreadyRetired,

    /// <summary>There is no such key.</summary>
    Unknown,

    /// <summary>It is the one that signs: rotate first.</summary>
    StillSigning,
}
