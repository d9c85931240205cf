using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Cancela.Tokens;

namespace Cancela.Bench;

/// <summary>
/// Reading a token, beside the floor of one HMAC over the same text in the same run. The candidates take turns, and each
/// figure is the best of its turns: what the machine does when it does nothing else.
/// </summary>
internal static class TokenBenchmark
{
    private const int Turns = 15;
    private const int Reads = 40_000;
    private const int SlowReads = 400;
    private static readonly byte[] Buffer = new byte[CompactToken.MaximumLength];
    private static readonly byte[] Json = new byte[CompactToken.MaximumLength];
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    internal static BenchRow[] Run()
    {
        var now = TimeProvider.System.GetUtcNow();
        var options = new TokenOptions();
        var ring = new KeyRing([SigningKey.FromSecret(Secret, now)]);
        var keys = new Keys(ring);
        var claims = Claims(now);
        var token = new TokenWriter(options).Write(claims, ring);
        var uncached = new TokenReader(options with { CacheCapacity = 0 }, keys, TimeProvider.System);
        var cached = new TokenReader(options, keys, TimeProvider.System);

        var elliptic = new KeyRing([SigningKey.Generate(SigningAlgorithm.ES256, now)]);
        var ellipticToken = new TokenWriter(options).Write(claims, elliptic);
        var ellipticReader = new TokenReader(options with { CacheCapacity = 0 }, new Keys(elliptic), TimeProvider.System);
        var writer = new TokenWriter(options);

        var figures = Measure(
            (Reads, () => Floor(token)),
            (Reads, () => Check(uncached, token, ring)),
            (Reads, () => cached.Read(token, TokenType.Access) is TokenReading.Valid),
            (Reads, () => uncached.Read(token, TokenType.Access) is TokenReading.Valid),
            (Reads, () => writer.Write(claims, ring).Length > 0),
            (SlowReads, () => Check(ellipticReader, ellipticToken, elliptic)));
        var floor = figures[0].Nanoseconds;
        return
        [
            new($"HS256 token of {token.Length} bytes: one-shot HMAC, the floor", Ns(figures[0]), "-", true),
            Row("HS256 validation without a cache, claims parsed", figures[1], 1_500, 1.1, floor),
            Row("HS256 validation with the verified-token cache", figures[2], 800, 0.5, floor),
            new("HS256 Read without a cache, claims as objects", Ns(figures[3]), "-", true),
            new("HS256 Write", Ns(figures[4]), "-", true),
            new("ES256 validation without a cache", Ns(figures[5]), "-", true),
            Remembered(options, keys, ring, writer, claims),
        ];
    }

    private static TokenClaims Claims(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        return new TokenClaims(
            TokenType.Access, Guid.CreateVersion7(now), Guid.CreateVersion7(now), 1, Guid.CreateVersion7(now), second, second + 900, second, "pwd",
            "ana@example.com", "USER", "read write");
    }

    private static bool Floor(string token)
    {
        var dot = token.LastIndexOf('.');
        Span<byte> ascii = Buffer;
        Ascii.FromUtf16(token, ascii, out var length);
        Span<byte> mac = stackalloc byte[32];
        Span<byte> signature = stackalloc byte[32];
        HMACSHA256.HashData(Secret, ascii[..dot], mac);
        Base64Url.DecodeFromUtf8(ascii[(dot + 1)..length], signature);
        return CryptographicOperations.FixedTimeEquals(mac, signature);
    }

    private static bool Check(TokenReader reader, string token, KeyRing ring)
    {
        CompactToken.TryCopy(token, Buffer, out var ascii);
        return reader.Check(ascii, Json, ring, TokenType.Access, out _, out _) is null;
    }

    private static (double Nanoseconds, long Bytes)[] Measure(params (int Reads, Func<bool> Read)[] candidates)
    {
        var best = new (double Nanoseconds, long Bytes)[candidates.Length];
        Array.Fill(best, (double.MaxValue, long.MaxValue));
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var i = 0; i < candidates.Length; i++)
            {
                var (reads, candidate) = candidates[i];
                var bytes = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                for (var n = 0; n < reads; n++)
                    if (!candidate()) throw new InvalidOperationException("A token that is valid was refused.");
                var elapsed = Stopwatch.GetElapsedTime(start).TotalNanoseconds / reads;
                bytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / reads;
                best[i] = (Math.Min(best[i].Nanoseconds, elapsed), Math.Min(best[i].Bytes, bytes));
            }
        }
        return best;
    }

    private static BenchRow Row(string what, (double Nanoseconds, long Bytes) figure, double nanoseconds, double ratio, double floor) => new(
        what, $"{Ns(figure)}, {figure.Nanoseconds / floor:0.00} x floor", $"{nanoseconds:0} ns, 0 B, {ratio:0.0} x",
        figure.Nanoseconds <= nanoseconds && figure.Bytes == 0 && figure.Nanoseconds <= ratio * floor);

    private static string Ns((double Nanoseconds, long Bytes) figure) => $"{figure.Nanoseconds:0} ns, {figure.Bytes} B";

    // What one remembered token takes, for those who choose the capacity.
    private static BenchRow Remembered(TokenOptions options, Keys keys, KeyRing ring, TokenWriter writer, TokenClaims claims)
    {
        const int Count = 10_000;
        var reader = new TokenReader(options with { CacheCapacity = Count }, keys, TimeProvider.System);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Count; i++)
            reader.Read(writer.Write(claims with { TokenId = Guid.CreateVersion7() }, ring), TokenType.Access);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / reader.Remembered;
        return new("Verified-token cache, memory for each of 10,000 tokens", $"{bytes} B", "-", true);
    }
}
