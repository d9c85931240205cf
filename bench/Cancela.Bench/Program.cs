using Cancela.Bench;

BenchRow[] rows =
[
    .. PasswordBenchmark.Run(),
];

foreach (var row in rows)
    Console.WriteLine($"{(row.Met ? "met   " : "MISSED")}  {row.What,-62} {row.Figure,-26} {row.Target}");
return rows.All(row => row.Met) ? 0 : 1;
