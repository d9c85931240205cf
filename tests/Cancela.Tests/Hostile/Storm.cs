namespace Cancela.Tests.Hostile;

/// <summary>Many at once.</summary>
internal static class Storm
{
    /// <summary>Starts all of them before any is awaited, each on a thread of the pool.</summary>
    public static Task<T[]> OfAsync<T>(int count, Func<int, Task<T>> one) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(number => Task.Run(() => one(number))));

    /// <summary>How many answers have this status.</summary>
    public static int Count(this IEnumerable<Reply> replies, int status) => replies.Count(reply => (int)reply.Status == status);
}
