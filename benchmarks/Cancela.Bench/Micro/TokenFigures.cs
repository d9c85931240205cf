using Cancela.Tokens;

namespace Cancela.Bench.Micro;

/// <summary>
/// Tokens: beside the platform's arithmetic over the same text in the same run (<c>x</c>), and beside what Microsoft.IdentityModel's
/// <c>JsonWebTokenHandler</c> took on the machine that the targets come from.
/// </summary>
internal static class TokenFigures
{
    // A token read for the first time at least twice as fast as theirs, one read before five times.
    private const double FirstSeen = 3_900 / 2.0, SeenBefore = 3_900 / 5.0, Issued = 2_100;
    private const long IssuedBytes = 2_355;

    public static BenchRow[] Measure()
    {
        var now = TimeProvider.System.GetUtcNow();
        var second = now.ToUnixTimeSeconds();
        var access = new TokenClaims(
            TokenType.Access, Guid.CreateVersion7(now), Guid.CreateVersion7(now), 1, Guid.CreateVersion7(now), second, second + 900, second, "pwd", "ana@example.com", "USER", "read write");
        // Of all tokens that have the claims of the contract, S4's refresh token is the nearest to 330 bytes.
        var refresh = access with { Type = TokenType.Refresh, Email = null, Role = null, Scope = null, Generation = 1 };
        return [.. OfHs256("access token", access, FirstSeen), .. OfHs256("S4 refresh token", refresh, 1_500), .. OfEs256("access token", access), Remembered(access)];
    }

    private static BenchRow[] OfHs256(string what, TokenClaims claims, double check)
    {
        var (subject, figures) = Of(TokenSubject.Hs256(claims));
        var (floor, signing) = (figures[nameof(TokenBenchmarks.Floor)], figures[nameof(TokenBenchmarks.FloorOfWriting)]);
        return
        [
            floor.Row($"HS256 {what}, {subject.Token.Length} bytes: one-shot HMAC, the floor"),
            figures[nameof(TokenBenchmarks.Check)].Row($"HS256 {what}: all checks, claims parsed, nothing remembered", check, 0, floor, 1.1),
            // What is remembered of it is allocated, once.
            figures[nameof(TokenBenchmarks.FirstSeen)].Row($"HS256 {what}: validated, seen for the first time, remembered", FirstSeen, floor: floor),
            figures[nameof(TokenBenchmarks.SeenBefore)].Row($"HS256 {what}: validated, seen before on another connection", SeenBefore, floor: floor),
            figures[nameof(TokenBenchmarks.SeenOnConnection)].Row($"HS256 {what}: validated, seen before on the same connection", SeenBefore, 0, floor, 0.5),
            figures[nameof(TokenBenchmarks.Write)].Row($"HS256 {what}: issued", Issued, IssuedBytes, signing),
        ];
    }

    private static BenchRow[] OfEs256(string what, TokenClaims claims)
    {
        var (subject, figures) = Of(TokenSubject.Es256(claims));
        var (floor, signing) = (figures[nameof(TokenBenchmarks.Floor)], figures[nameof(TokenBenchmarks.FloorOfWriting)]);
        return
        [
            floor.Row($"ES256 {what}, {subject.Token.Length} bytes: ECDSA verified by the platform, the floor"),
            figures[nameof(TokenBenchmarks.FirstSeen)].Row($"ES256 {what}: validated, seen for the first time, remembered", floor: floor),
            figures[nameof(TokenBenchmarks.SeenBefore)].Row($"ES256 {what}: validated, seen before on another connection", floor: floor),
            figures[nameof(TokenBenchmarks.SeenOnConnection)].Row($"ES256 {what}: validated, seen before on the same connection", floor: floor),
            signing.Row($"ES256 {what}: ECDSA signed by the platform, the floor"),
            figures[nameof(TokenBenchmarks.Write)].Row($"ES256 {what}: issued", floor: signing),
        ];
    }

    private static (TokenSubject Subject, IReadOnlyDictionary<string, MicroFigure> Figures) Of(TokenSubject subject)
    {
        TokenBenchmarks.Subject = subject;
        return (subject, MicroRun.Of<TokenBenchmarks>());
    }

    // What one remembered token takes, for those who choose the capacity.
    private static BenchRow Remembered(TokenClaims claims)
    {
        const int Count = 10_000;
        var keys = new Keys(new KeyRing([SigningKey.Generate(SigningAlgorithm.HS256, TimeProvider.System.GetUtcNow())]));
        var (reader, writer) = (new TokenReader(new TokenOptions { CacheCapacity = Count }, keys, TimeProvider.System), new TokenWriter(new TokenOptions(), keys));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Count; i++)
            reader.Read(writer.Write(claims with { TokenId = Guid.CreateVersion7() }), TokenType.Access);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / reader.Remembered;
        return BenchRow.Reported("Verified-token cache, memory for each of 10,000 tokens", $"{bytes} B");
    }
}
