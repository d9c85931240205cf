using Cancela.Bench;

BenchRow[] rows =
[
    .. TokenBenchmark.Run(),
    .. PasswordBenchmark.Run(),
    .. RevocationBenchmark.Run(),
];

foreach (var row in rows)
    Console.WriteLine($"{(row.Met ? "met   " : "MISSED")}  {row.What,-62} {row.Figure,-26} {row.Target}");
return rows.All(row => row.Met) ? 0 : 1;
