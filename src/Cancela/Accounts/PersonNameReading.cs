namespace Cancela.Accounts;

/// <summary>What came of reading a name: one of the cases below and no other.</summary>
internal abstract record PersonNameReading
{
    private PersonNameReading()
    {
    }

    /// <summary>A name, or <see langword="null"/> where none was given.</summary>
    public sealed record Valid(string? Name) : PersonNameReading;

    /// <summary>Longer than <see cref="PersonName.MaxLength"/>.</summary>
    public sealed record TooLong : PersonNameReading;

    /// <summary>It holds control characters or half characters.</summary>
    public sealed record Malformed : PersonNameReading;
}
