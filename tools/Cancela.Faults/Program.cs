using System.Globalization;
using Cancela.Faults;

var (requests, revocations, isShort, isBroken) = (200_000, 2_000, false, false);
ulong? chosen = null;
for (var i = 0; i < args.Length; i++)
{
    var value = i + 1 < args.Length ? args[i + 1] : "";
    var understood = args[i] switch
    {
        "--short" => isShort = true,
        "--requests" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out requests),
        "--revocations" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out revocations),
        "--seed" => ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) && (chosen = seed) is not null,
        "--break" => isBroken = value.Equals("WhenBlind", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
    if (understood)
    {
        if (args[i] != "--short") i++;
        continue;
    }
    Console.Error.WriteLine("""
        ./faults [--requests N] [--revocations N] [--seed S] [--short] [--break WhenBlind]
          --requests     how many are judged at least (200000)
          --revocations  how many are acknowledged at least (2000)
          --seed         of the order of the faults and of what callers do; without it, one is drawn
          --short        two strategies and a handful of faults
          --break        nodes that accept what they cannot know (Cancela:Revocation:WhenBlind=Accept), to see that it is found
        """);
    return 2;
}
if (Cluster.Missing is { } missing)
{
    Console.Error.WriteLine(missing);
    return 2;
}

var drawn = chosen ?? BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)) >> 12;
var plan = isBroken ? Plan.Broken(drawn) : isShort ? Plan.Short(requests / 20, revocations / 20, drawn) : Plan.Whole(requests, revocations, drawn);
var summary = await Summary.RunAsync(plan, static step => Console.Error.WriteLine(step));
Console.WriteLine(summary);
return summary.Holds ? 0 : 1;
