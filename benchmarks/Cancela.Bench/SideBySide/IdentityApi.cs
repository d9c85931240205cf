using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cancela.Bench.SideBySide;

/// <summary>ASP.NET Core Identity with its own endpoints and its own hash, over <see cref="PostgresUsers"/>. Its tokens are checked without the database, and cannot be ended.</summary>
internal static class IdentityApi
{
    /// <summary>What its rules for passwords let pass.</summary>
    public const string Password = "Correto-cavalo-7-grampo";

    public const string Login = "/login", Refresh = "/refresh", Register = "/register";

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(BenchServers.Connect(builder.Configuration["Postgres"]!));
        builder.Services.AddIdentityApiEndpoints<PostgresUser>().AddUserStore<PostgresUsers>();
        var app = builder.Build();
        PostgresUsers.CreateTable(app.Services.GetRequiredService<NpgsqlDataSource>());
        app.MapIdentityApi<PostgresUser>();
        LoopbackServer.MapBoth(app);
        app.MapGet(LoopbackServer.Credential, static async (SignInManager<PostgresUser> manager, IOptionsMonitor<BearerTokenOptions> bearer) =>
        {
            var protector = bearer.Get(IdentityConstants.BearerScheme).BearerTokenProtector;
            return Results.Text($"Authorization: Bearer {protector.Protect(await TicketAsync(manager, BenchClient.Email, "AccessToken"))}");
        });
        app.MapGet(LoopbackServer.Renewable, static async (string email, SignInManager<PostgresUser> manager, IOptionsMonitor<BearerTokenOptions> bearer) =>
            Results.Text(bearer.Get(IdentityConstants.BearerScheme).RefreshTokenProtector.Protect(await TicketAsync(manager, email, "RefreshToken"))));
        return app;
    }

    // As the handler makes them at a login, without the hash.
    private static async Task<AuthenticationTicket> TicketAsync(SignInManager<PostgresUser> manager, string email, string kind)
    {
        var user = await manager.UserManager.FindByNameAsync(email);
        if (user is null)
        {
            user = new() { UserName = email, Email = email };
            await manager.UserManager.CreateAsync(user, Password);
        }
        var properties = new AuthenticationProperties { ExpiresUtc = TimeProvider.System.GetUtcNow().AddHours(1) };
        return new(await manager.CreateUserPrincipalAsync(user), properties, $"{IdentityConstants.BearerScheme}:{kind}");
    }
}
