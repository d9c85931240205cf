using Xunit;

namespace Cancela.Tests.Hostile;

/// <summary>What every answer has, and what none tells.</summary>
internal static class Harmless
{
    private static readonly string[] Telling = ["   at ", "Exception", "System.", "Microsoft.", "Cancela.", "SQLite", "cancela_", "$argon2", ".cs:line"];

    public static void Check(Reply reply)
    {
        Assert.Equal("no-store", reply.Header("Cache-Control"));
        Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox", reply.Header("Content-Security-Policy"));
        Assert.Equal("no-referrer", reply.Header("Referrer-Policy"));
        Assert.Equal("same-origin", reply.Header("Cross-Origin-Resource-Policy"));
        Assert.Equal("Accept-Language", reply.Header("Vary"));
        foreach (var word in Telling) Assert.DoesNotContain(word, reply.Body, StringComparison.Ordinal);
    }
}
