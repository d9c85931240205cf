using System.Security.Cryptography;
using Cancela.Caching;
using Cancela.Redis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cancela.IntegrationTests.Redis;

/// <summary>What the tests of single parts need.</summary>
internal static class RedisLab
{
    /// <summary>Longer than anything takes that is going to happen.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<RedisLine> LineAsync(string connectionString, TimeProvider clock, ILogger<RedisLine>? logger = null)
    {
        var line = new RedisLine(RedisSettings.Read(connectionString), clock, logger ?? NullLogger<RedisLine>.Instance);
        await line.ConnectionAsync(TestContext.Current.CancellationToken);
        return line;
    }

    /// <summary>The hash of a session ID of nobody's.</summary>
    public static Digest NewSession() => Digest.Of(RandomNumberGenerator.GetBytes(32));

    public static async Task<T> InTime<T>(ValueTask<T> asked) => await asked.AsTask().WaitAsync(Patience);
}
