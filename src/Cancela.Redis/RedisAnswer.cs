namespace Cancela.Redis;

/// <summary>What came of asking Redis: one of the two cases below and no other. Never an exception: nothing rests on Redis.</summary>
internal abstract record RedisAnswer<T>
{
    private RedisAnswer()
    {
    }

    /// <summary>It answered in time.</summary>
    public sealed record Answered(T Value) : RedisAnswer<T>;

    /// <summary>It did not, or it was not asked because it did not answer lately, or it refuses the command.</summary>
    public sealed record Unavailable : RedisAnswer<T>
    {
        public static readonly Unavailable Instance = new();
    }
}
