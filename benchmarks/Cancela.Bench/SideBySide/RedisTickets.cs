using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using StackExchange.Redis;

namespace Cancela.Bench.SideBySide;

/// <summary>The cookie holds a key, Redis the ticket: one GET for each request.</summary>
internal sealed class RedisTickets(IConnectionMultiplexer redis) : ITicketStore
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private readonly IDatabase _database = redis.GetDatabase();

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = "ticket:" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await RenewAsync(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) =>
        _database.StringSetAsync(key, TicketSerializer.Default.Serialize(ticket), ticket.Properties.ExpiresUtc - TimeProvider.System.GetUtcNow() ?? Lifetime);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key) =>
        (byte[]?)await _database.StringGetAsync(key) is { } bytes ? TicketSerializer.Default.Deserialize(bytes) : null;

    public Task RemoveAsync(string key) => _database.KeyDeleteAsync(key);
}
