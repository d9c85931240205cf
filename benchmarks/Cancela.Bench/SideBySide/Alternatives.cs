using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Cancela.Bench.SideBySide;

/// <summary>What a user of ASP.NET Core would otherwise write, as its documentation has it. None of them knows of a revocation.</summary>
internal static class Alternatives
{
    public const string Cookie = "AddCookie", Bearer = "AddBearerToken", Jwt = "a handler for HS256, by hand", Dictionary = "a handler over a dictionary (the floor)";

    /// <summary>Asks Redis for the ticket on each request, so that its session can be ended.</summary>
    public const string Tickets = "AddCookie, tickets in Redis";

    /// <summary>Bearer tokens; users in PostgreSQL.</summary>
    public const string Identity = "AddIdentityApiEndpoints";

    public static IReadOnlyList<string> All { get; } = [Cookie, Bearer, Jwt, Dictionary, Tickets, Identity];

    /// <summary>What one of them needs and is not here; <see langword="null"/>: all is here.</summary>
    public static string? MissingOf(string which) =>
        which switch { Tickets => BenchServers.WithoutRedis, Identity => BenchServers.WithoutPostgres, _ => null };

    /// <summary>Where one of them keeps what it keeps.</summary>
    public static async Task<string[]> PlaceAsync(string which) => which is Tickets or Identity ? await BenchServers.PlaceAsync(redis: which == Tickets) : [];

    /// <summary>A host with one of them, and the same endpoint open and closed.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, string which)
    {
        builder.Services.AddAuthorization();
        if (which == Identity) return IdentityApi.Build(builder);
        var authentication = builder.Services.AddAuthentication(which);
        switch (which)
        {
            case Cookie: authentication.AddCookie(which, static options => options.Cookie.Name = "session"); break;
            case Tickets:
                builder.Services.AddSingleton<IConnectionMultiplexer>(ConnectionMultiplexer.Connect(builder.Configuration["Redis"]!)).AddSingleton<ITicketStore, RedisTickets>();
                authentication.AddCookie(which, static options => options.Cookie.Name = "session");
                builder.Services.AddOptions<CookieAuthenticationOptions>(which).Configure<ITicketStore>(static (options, tickets) => options.SessionStore = tickets);
                break;
            case Bearer: authentication.AddBearerToken(which); break;
            case Jwt: authentication.AddScheme<AuthenticationSchemeOptions, Hs256Handler>(which, null); break;
            case Dictionary: authentication.AddScheme<AuthenticationSchemeOptions, DictionaryHandler>(which, null); break;
            default: throw new ArgumentOutOfRangeException(nameof(which), which, "Nobody writes it so.");
        }
        var app = builder.Build();
        LoopbackServer.MapBoth(app);
        app.MapGet(LoopbackServer.Credential, (HttpContext context, IOptionsMonitor<BearerTokenOptions> bearer) => IssueAsync(which, context, bearer));
        return app;
    }

    private static async Task<IResult> IssueAsync(string which, HttpContext context, IOptionsMonitor<BearerTokenOptions> bearer)
    {
        var claims = new ClaimsPrincipal(new ClaimsIdentity(
            [new("sub", Person), new("email", "ada@example.com"), new("role", "USER"), new("scope", "account"), new("sid", Person)], which, "email", "role"));
        switch (which)
        {
            case Cookie or Tickets:
                await context.SignInAsync(which, claims);
                return Results.Text($"Cookie: {context.Response.Headers.SetCookie.Single()!.Split(';')[0]}");
            case Bearer:
                var properties = new AuthenticationProperties { ExpiresUtc = TimeProvider.System.GetUtcNow().AddHours(1) };
                return Results.Text($"Authorization: Bearer {bearer.Get(which).BearerTokenProtector.Protect(new(claims, properties, $"{which}:AccessToken"))}");
            case Jwt: return Results.Text($"Authorization: Bearer {Hs256Handler.Issue(claims)}");
            default: return Results.Text($"Authorization: Bearer {DictionaryHandler.Issue(claims)}");
        }
    }

    private const string Person = "3f0c1a52-2f6a-4c58-9a34-0d6a1c1f7b11";

    // Signature, time, claims: what nobody may leave out.
    private sealed class Hs256Handler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

        public static string Issue(ClaimsPrincipal of)
        {
            var claims = of.Claims.ToDictionary(static claim => claim.Type, static claim => (object)claim.Value);
            claims["exp"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
            var signed = $"{Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
            return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Key, Encoding.ASCII.GetBytes(signed)))}";
        }

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var header = Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Bearer ", StringComparison.Ordinal)) return Task.FromResult(AuthenticateResult.NoResult());
            var token = header["Bearer ".Length..];
            var (first, last) = (token.IndexOf('.', StringComparison.Ordinal), token.LastIndexOf('.'));
            if (first <= 0 || last <= first) return Task.FromResult(AuthenticateResult.Fail("malformed"));
            var signature = HMACSHA256.HashData(Key, Encoding.ASCII.GetBytes(token[..last]));
            if (!CryptographicOperations.FixedTimeEquals(signature, Base64Url.DecodeFromChars(token.AsSpan(last + 1)))) return Task.FromResult(AuthenticateResult.Fail("forged"));
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(first + 1, last - first - 1)));
            if (claims.RootElement.GetProperty("exp").GetInt64() <= TimeProvider.GetUtcNow().ToUnixTimeSeconds()) return Task.FromResult(AuthenticateResult.Fail("expired"));
            var identity = new ClaimsIdentity(claims.RootElement.EnumerateObject().Select(static claim => new Claim(claim.Name, claim.Value.ToString())), Scheme.Name, "email", "role");
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }

    // As little as a handler of the framework's kind can do.
    private sealed class DictionaryHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        private static readonly ConcurrentDictionary<string, ClaimsPrincipal> Known = new(StringComparer.Ordinal);

        public static string Issue(ClaimsPrincipal of)
        {
            var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            Known[$"Bearer {id}"] = of;
            return id;
        }

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers.Authorization is [{ } header] && Known.TryGetValue(header, out var principal)
                ? AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name))
                : AuthenticateResult.NoResult());
    }
}
