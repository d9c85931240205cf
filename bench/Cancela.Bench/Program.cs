foreach (var row in Cancela.Bench.TokenBenchmark.Run()) Console.WriteLine($"{row.What,-70} {row.Figure,-30} {row.Target,-20} {(row.Met ? "ok" : "MISSED")}");
