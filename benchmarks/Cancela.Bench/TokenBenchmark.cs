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
    private static readonly TokenOptions Options = new();
    private static readonly TimeProvider Clock = TimeProvider.System;
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    internal static BenchRow[] Run()
    {
        var now = Clock.GetUtcNow();
        var symmetric = new KeyRing([SigningKey.FromSecret(Secret, now)]);
        var elliptic = new KeyRing([SigningKey.Generate(SigningAlgorithm.ES256, now)]);
        var claims = Claims(now);
        // Of all tokens that have the claims of the contract, S4's refresh token is the nearest to 330 bytes.
        var small = claims with { Type = TokenType.Refresh, Email = null, Role = null, Scope = null, Generation = 1 };
        return
        [
            .. Reading("S4 refresh token", small, symmetric, 1_500),
            .. Reading("access token", claims, symmetric, double.PositiveInfinity),
            .. Others(claims, symmetric, elliptic),
            Remembered(symmetric, claims),
        ];
    }

    private static BenchRow[] Reading(string what, TokenClaims claims, KeyRing ring, double uncachedTarget)
    {
        var keys = new Keys(ring);
        var token = new TokenWriter(Options, keys).Write(claims);
        var uncached = new TokenReader(Options with { CacheCapacity = 0 }, keys, Clock);
        var cached = new TokenReader(Options, keys, Clock);
        var figures = Measure(
            (Reads, () => Floor(token)),
            (Reads, () => Check(uncached, token, claims.Type, ring)),
            (Reads, () => cached.Read(token, claims.Type) is TokenReading.Valid));
        var floor = figures[0].Nanoseconds;
        return
        [
            new($"HS256 {what}, {token.Length} bytes: one-shot HMAC, the floor", Ns(figures[0]), "-", true),
            Row($"HS256 {what}: validated without a cache, claims parsed", figures[1], uncachedTarget, 1.1, floor),
            Row($"HS256 {what}: a hit in the verified-token cache", figures[2], 800, 0.5, floor),
        ];
    }

    private static BenchRow[] Others(TokenClaims claims, KeyRing symmetric, KeyRing elliptic)
    {
        var writer = new TokenWriter(Options, new Keys(symmetric));
        var ellipticWriter = new TokenWriter(Options, new Keys(elliptic));
        var token = ellipticWriter.Write(claims);
        var reader = new TokenReader(Options with { CacheCapacity = 0 }, new Keys(elliptic), Clock);
        var figures = Measure(
            (Reads, () => writer.Write(claims).Length > 0),
            (SlowReads, () => ellipticWriter.Write(claims).Length > 0),
            (SlowReads, () => Check(reader, token, claims.Type, elliptic)));
        return
        [
            new("HS256 access token: written", Ns(figures[0]), "-", true),
            new("ES256 access token: written", Ns(figures[1]), "-", true),
            new("ES256 access token: validated without a cache", Ns(figures[2]), "-", true),
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

    private static bool Check(TokenReader reader, string token, TokenType type, KeyRing ring)
    {
        CompactToken.TryCopy(token, Buffer, out var ascii);
        return reader.Check(ascii, Json, new TokenQuestion(ring, type, Clock.GetUtcNow().ToUnixTimeSeconds()), out var claims, out _) is null
            && claims.ExpiresAt > 0;
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
        what, $"{Ns(figure)}, {figure.Nanoseconds / floor:0.00} x floor", double.IsInfinity(nanoseconds) ? $"0 B, {ratio:0.0} x" : $"{nanoseconds:0} ns, 0 B, {ratio:0.0} x",
        figure.Nanoseconds <= nanoseconds && figure.Bytes == 0 && figure.Nanoseconds <= ratio * floor);

    private static string Ns((double Nanoseconds, long Bytes) figure) => $"{figure.Nanoseconds:0} ns, {figure.Bytes} B";

    // What one remembered token takes, for those who choose the capacity.
    private static BenchRow Remembered(KeyRing ring, TokenClaims claims)
    {
        const int Count = 10_000;
        var reader = new TokenReader(Options with { CacheCapacity = Count }, new Keys(ring), Clock);
        var writer = new TokenWriter(Options, new Keys(ring));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Count; i++)
            reader.Read(writer.Write(claims with { TokenId = Guid.CreateVersion7() }), TokenType.Access);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / reader.Remembered;
        return new("Verified-token cache, memory for each of 10,000 tokens", $"{bytes} B", "-", true);
    }
}
