using Xunit;

namespace Cancela.Tests.House;

/// <summary>The list of faults is the message: whole, one a line.</summary>
internal static class Expect
{
    public static void None(IEnumerable<string> faults)
    {
        var found = faults.ToList();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }
}
