using System.Globalization;
using Cancela.Tests.Simulation;

var histories = 100_000;
ulong? chosen = null;
var planted = Planted.None;
for (var i = 0; i < args.Length; i += 2)
{
    var value = i + 1 < args.Length ? args[i + 1] : "";
    var understood = args[i] switch
    {
        "--histories" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out histories) && histories > 0,
        "--seed" => ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) && (chosen = seed) is not null,
        "--break" => Enum.TryParse(value, ignoreCase: true, out planted) && Enum.IsDefined(planted) && !char.IsAsciiDigit(value[0]),
        _ => false,
    };
    if (understood) continue;
    Console.Error.WriteLine($"""
        ./simulate [--histories N] [--seed S] [--break NAME]
          --histories  how many (100000)
          --seed       of the first one; the others follow it. Without it, one is drawn
          --break      {string.Join(", ", Enum.GetNames<Planted>().Skip(1))}
        """);
    return 2;
}

var first = chosen ?? BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)) >> 12;
var summary = Simulation.Run(first, histories, planted);
if (summary.ViolatedSeed is { } violated || histories == 1)
{
    var trace = new List<string>();
    var outcome = History.Run(summary.ViolatedSeed ?? first, planted, trace);
    trace.ForEach(Console.WriteLine);
    Console.WriteLine($"trace hash {outcome.Hash:x16}");
}
Console.WriteLine(summary);
if (summary.Violation is null) return 0;
Console.WriteLine($"{summary.Violation}\nAgain: ./simulate --histories 1 --seed {summary.ViolatedSeed}{(planted == Planted.None ? "" : $" --break {planted}")}");
return 1;
