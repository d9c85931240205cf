namespace Cancela.IntegrationTests.Redis;

/// <summary>What Redis is asked for by requests.</summary>
public enum Use
{
    /// <summary>Copies of sessions.</summary>
    Copies,

    /// <summary>The denylist.</summary>
    Denylist,

    /// <summary>Counts of networks.</summary>
    Counts,
}
