namespace Cancela.Strategies.Sessions;

/// <summary>What is there of a session among the shared copies: one of the three cases below and no other.</summary>
internal abstract record CopyReading
{
    private CopyReading()
    {
    }

    /// <summary>A copy, as somebody put it. Whether it can be read, and used, is for the reader to say.</summary>
    public sealed record Found(byte[] Copy) : CopyReading;

    /// <summary>Nothing: a lease may be had.</summary>
    public sealed record Vacant : CopyReading
    {
        public static readonly Vacant Instance = new();
    }

    /// <summary>Somebody else's lease or a withdrawal, or nobody answers: the row is read, and no copy is put.</summary>
    public sealed record Closed : CopyReading
    {
        public static readonly Closed Instance = new();
    }
}
