namespace Cancela.Sql;

/// <summary>Takes away what ran out, a batch in a transaction: whoever writes meanwhile waits for one of them, and not for all.</summary>
internal static class Sweep
{
    /// <summary>The most rows of a batch.</summary>
    public const int Batch = 1_000;

    /// <param name="sweep">Takes away a batch, and says how many rows it had.</param>
    /// <returns>How many there were.</returns>
    public static async Task<int> RunAsync(Func<Task<int>> sweep)
    {
        var swept = 0;
        int taken;
        do swept += taken = await sweep();
        while (taken >= Batch);
        return swept;
    }
}
