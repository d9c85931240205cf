using Cancela;
using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Credentials.Passwords;
using Cancela.Endpoints;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.Revocation;
using Cancela.Secrets;
using Cancela.SignIn;
using Cancela.Strategies;
using Cancela.Strategies.RefreshRotation;
using Cancela.Strategies.Sessions;
using Cancela.Tokens;
using Microsoft.AspNetCore.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

// What each room brings, in the order of the rooms. One object of each: they hold state for the node, or none.
public static partial class CancelaServices
{
    private static void AddProblems(IServiceCollection services)
    {
        services.AddSingleton(static at => new Languages(LanguageTags.Parse(at.GetRequiredService<CancelaOptions>().Language)));
        services.AddSingleton<AuditLog>();
    }

    private static void AddTokens(IServiceCollection services)
    {
        services.AddSingleton(static _ => new Keys());
        services.AddSingleton(static at => Options(at, static options => new TokenOptions { Issuer = options.Issuer, Audience = options.Audience }));
        services.AddSingleton<TokenReader>();
        services.AddSingleton<TokenWriter>();
        services.AddSingleton(static at => Options(at, static options => options.Signing));
        services.AddSingleton(static at => RootSecret.Parse(Options(at, static options => options.Signing.Secret!)));
        services.AddSingleton(static at => ActivatorUtilities.CreateInstance<SigningKeyDirectory>(at, LongestLifetime(at)));
    }

    private static void AddRevocation(IServiceCollection services)
    {
        services.AddSingleton(static at => Options(at, static options => options.Revocation));
        services.AddSingleton<RevocationSet>();
        services.AddSingleton(static at => new StalenessClock(at.GetRequiredService<TimeProvider>(), Options(at, static options => options.Revocation.MaxStaleness)));
        services.AddSingleton<RevocationLog>();
        services.AddSingleton<LogReader>();
        services.AddSingleton<Doorbell>();
        services.AddSingleton<Revocations>();
        services.AddSingleton<RevocationFollower>();
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddSingleton(static at => new Roles(Options(at, static options => options.Roles)));
        services.AddSingleton(static at => ActivatorUtilities.CreateInstance<AccountDirectory>(at, LongestLifetime(at)));
        services.AddSingleton(static at => Options(at, static options => options.Password));
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<PasswordPolicy>();
    }

    private static void AddStrategies(IServiceCollection services)
    {
        services.AddSingleton(static at => Options(at, static options => options.Session));
        services.AddSingleton(static at => Options(at, static options => options.Jwt));
        services.AddSingleton(static at => Options(at, static options => options.Refresh));
        services.AddSingleton<CredentialLifetimes>();
        services.AddSingleton<SessionDirectory>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<LastSeen>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<TokenSessions>();
        services.AddSingleton<RefreshTokens>();
        services.AddSingleton<Generations>();
        services.AddSingleton(static at => Options(at, StrategyCatalog.TrackingOf));
        services.AddSingleton<StrategyCatalog>();
        services.AddSingleton(static at => at.GetRequiredService<StrategyCatalog>().Fill(at.GetRequiredService<CancelaOptions>()));
    }

    private static void AddGate(IServiceCollection services)
    {
        services.AddSingleton(static at => Options(at, static options => options.Cookie));
        services.AddSingleton<CookieCarrier>();
        services.AddSingleton(static at => new CrossSiteGuard([.. Options(at, static options => options.AllowedOrigins)]));
        services.AddTransient<CancelaAuthenticationHandler>();
        services.AddAuthentication();
        services.Configure<AspNetCore.Authentication.AuthenticationOptions>(static options =>
            options.AddScheme<CancelaAuthenticationHandler>(CancelaDefaults.AuthenticationScheme, displayName: null));
        // Afterwards: a host that names another default is heard, whichever it says first.
        services.PostConfigure<AspNetCore.Authentication.AuthenticationOptions>(static options =>
            options.DefaultScheme ??= CancelaDefaults.AuthenticationScheme);
        services.AddAuthorization();
        services.AddSingleton<IStartupFilter>(static at => new TrustedProxies([.. Options(at, static options => options.TrustedProxies)]));
    }

    private static void AddSignIn(IServiceCollection services)
    {
        services.AddSingleton(static at => Options(at, static options => options.Limits));
        services.AddSingleton<NetworkThrottle>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<FrontDesk>();
        services.AddSingleton<SelfService>();
    }

    private static void AddEndpoints(IServiceCollection services)
    {
        services.AddSingleton(static at => new IntrospectionClients(Options(at, static options => options.Clients)));
        services.AddSingleton<AccountFields>();
        services.AddSingleton<CookieRenewal>();
        services.AddSingleton<SessionEnding>();
        services.AddSingleton<SignOut>();
        services.AddSingleton<UserUpdates>();
    }

    private static T Options<T>(IServiceProvider at, Func<CancelaOptions, T> part) => part(at.GetRequiredService<CancelaOptions>());

    private static TimeSpan LongestLifetime(IServiceProvider at) => at.GetRequiredService<CredentialLifetimes>().Longest;
}
