namespace Cancela.Server.Advice;

/// <summary>A condition of the table: of each group at least one fact, and none of those that it is without.</summary>
internal sealed record When(Facts[] Each, Facts Without)
{
    public static readonly When Always = If();

    public static When If(params Facts[] each) => new(each, Facts.None);

    public When Unless(Facts without) => this with { Without = without };

    public bool Holds(Facts facts)
    {
        if ((facts & Without) != 0) return false;
        foreach (var oneOf in Each)
            if ((facts & oneOf) == 0) return false;
        return true;
    }
}
