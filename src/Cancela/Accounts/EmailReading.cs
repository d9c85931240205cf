namespace Cancela.Accounts;

/// <summary>What came of reading an e-mail address: one of the cases below and no other.</summary>
internal abstract record EmailReading
{
    private EmailReading()
    {
    }

    /// <summary>It can be an address.</summary>
    public sealed record Valid(EmailAddress Address) : EmailReading;

    /// <summary>Nothing was written.</summary>
    public sealed record Missing : EmailReading;

    /// <summary>Longer than <see cref="EmailAddress.MaxLength"/> octets.</summary>
    public sealed record TooLong : EmailReading;

    /// <summary>It cannot be an address, or holds what an address must not.</summary>
    public sealed record Malformed : EmailReading;
}
