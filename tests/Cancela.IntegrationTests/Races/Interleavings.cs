using Cancela.Tests.Revocation;

namespace Cancela.IntegrationTests.Races;

/// <summary>Orders in which the steps of several can follow each other: each one's own steps keep theirs.</summary>
internal static class Interleavings
{
    /// <summary>All of them. An order names, for each step, whose it is.</summary>
    /// <param name="steps">How many steps each one takes.</param>
    public static IEnumerable<int[]> All(params int[] steps)
    {
        var order = new int[steps.Sum()];
        return Continue([.. steps], order, 0);
    }

    /// <summary>Some of them, at random: the same seed gives the same ones.</summary>
    public static IEnumerable<int[]> Some(int count, ulong seed, params int[] steps)
    {
        var dice = new Dice(seed);
        for (var n = 0; n < count; n++)
        {
            int[] order = [.. steps.SelectMany(static (times, whose) => Enumerable.Repeat(whose, times))];
            for (var i = order.Length - 1; i > 0; i--)
            {
                var j = dice.Below(i + 1);
                (order[i], order[j]) = (order[j], order[i]);
            }
            yield return order;
        }
    }

    private static IEnumerable<int[]> Continue(int[] left, int[] order, int at)
    {
        if (at == order.Length)
        {
            yield return [.. order];
            yield break;
        }
        for (var whose = 0; whose < left.Length; whose++)
        {
            if (left[whose] == 0) continue;
            left[whose]--;
            order[at] = whose;
            foreach (var whole in Continue(left, order, at + 1)) yield return whole;
            left[whose]++;
        }
    }
}
