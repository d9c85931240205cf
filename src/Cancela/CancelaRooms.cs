using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Credentials.Passwords;
using Cancela.Credentials.RecoveryCodes;
using Cancela.Credentials.Totp;
using Cancela.Endpoints;
using Cancela.Exchange;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.Revocation;
using Cancela.Secrets;
using Cancela.SignIn;
using Cancela.Strategies;
using Cancela.Strategies.RefreshRotation;
using Cancela.Strategies.Sessions;
using Cancela.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cancela;

/// <summary>What each room brings. One object of each: they hold state for the node, or none.</summary>
internal static class CancelaRooms
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddSingleton(static at => new Languages(LanguageTags.Parse(at.GetRequiredService<CancelaOptions>().Language)));
        services.AddSingleton(static at => new ProblemMetrics(CancelaMeter.Of(at)));
        services.AddSingleton<AuditLog>();
    }

    public static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton(static _ => new Keys());
        services.AddSingleton(static at => Options(at, static options => new TokenOptions { Issuer = options.Issuer, Audience = options.Audience }));
        services.AddSingleton<TokenReader>();
        services.AddSingleton<TokenWriter>();
        services.AddSingleton(static at => Options(at, static options => options.Signing));
        services.AddSingleton(static at => RootSecret.Parse(Options(at, static options => options.Signing.Secret!)));
        services.AddSingleton(static at => new OtherSecrets([.. Options(at, static options => options.Signing.OtherSecrets).Select(RootSecret.Parse)]));
        services.AddSingleton(static at => ActivatorUtilities.CreateInstance<SigningKeyDirectory>(at, LongestLifetime(at)));
    }

    public static void AddRevocation(this IServiceCollection services)
    {
        services.AddSingleton(static at => Options(at, static options => options.Revocation));
        services.AddSingleton<RevocationSet>();
        services.AddSingleton(static at => new StalenessClock(at.GetRequiredService<TimeProvider>(), Options(at, static options => options.Revocation.MaxStaleness)));
        services.AddSingleton<RevocationLog>();
        services.AddSingleton<LogReader>();
        services.AddSingleton<Doorbell>();
        services.AddHostedService<DoorbellExchange>();
        services.AddSingleton<Revocations>();
        services.AddSingleton<RevocationFollower>();
        services.AddSingleton(static at => ActivatorUtilities.CreateInstance<RevocationMetrics>(at, CancelaMeter.Of(at)));
    }

    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton(static at => new Roles(Options(at, static options => options.Roles)));
        services.AddSingleton(static at => ActivatorUtilities.CreateInstance<AccountDirectory>(at, CredentialLifetimes.Possible));
        services.AddSingleton(static at => Options(at, static options => options.Password));
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<PasswordPolicy>();
        services.AddSingleton<OneTimeTokens>();
        services.AddSingleton(static at => new SecondFactorPolicy(Options(at, static options => options.SecondFactor)));
        services.AddSingleton(static at => Options(at, static options => options.Totp));
        services.AddSingleton(static at => ActivatorUtilities.CreateInstance<TotpSecrets>(
            at, new Sealing(at.GetRequiredService<RootSecret>(), at.GetRequiredService<OtherSecrets>(), "totp secrets")));
        services.AddSingleton<RecoveryCodeSet>();
        services.AddSingleton(static at => ActivatorUtilities.CreateInstance<PasswordMetrics>(at, CancelaMeter.Of(at)));
    }

    public static void AddStrategies(this IServiceCollection services)
    {
        services.AddSingleton(static at => Options(at, static options => options.Session));
        services.AddSingleton(static at => Options(at, static options => options.Jwt));
        services.AddSingleton(static at => Options(at, static options => options.Refresh));
        services.AddSingleton<CredentialLifetimes>();
        services.AddSingleton<CopyFormat>();
        services.AddSingleton<SharedSessions>();
        services.AddSingleton<SessionDirectory>();
        services.AddSingleton(static at => new RenewalMetrics(CancelaMeter.Of(at)));
        services.AddSingleton<SessionStore>();
        services.AddSingleton<MissingFactors>();
        services.AddSingleton<LastSeen>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<TokenSessions>();
        services.AddSingleton<RefreshTokens>();
        services.AddSingleton<Generations>();
        services.AddSingleton(static at => Options(at, StrategyCatalog.TrackingOf));
        services.AddSingleton<StrategyCatalog>();
        services.AddSingleton(static at => at.GetRequiredService<StrategyCatalog>().Fill(at.GetRequiredService<CancelaOptions>()));
    }

    public static void AddExchange(this IServiceCollection services)
    {
        services.AddSingleton(static at => Options(at, static options => options.Former));
        services.AddSingleton(static at => Options(at, static options => options.Coming));
        services.AddSingleton<Window>();
        services.AddSingleton(static at => at.GetRequiredService<StrategyCatalog>().Surround(
            at.GetRequiredService<CancelaOptions>(), at.GetRequiredService<Slots>(), at.GetRequiredService<Window>()));
        services.AddSingleton<CookieNames>();
        services.AddSingleton<CookieTurns>();
        services.AddSingleton<CookieExchange>();
        services.AddSingleton<RefreshTurns>();
        services.AddSingleton<Successors>();
        services.AddSingleton<RefreshDesk>();
        services.AddSingleton<TokensForCookies>();
    }

    public static void AddGate(this IServiceCollection services)
    {
        services.AddSingleton(static at => Options(at, static options => options.Cookie));
        services.AddSingleton<CookieCarrier>();
        services.AddSingleton(static at => new CrossSiteGuard([.. Options(at, static options => options.AllowedOrigins)]));
        services.AddSingleton<Principals>();
        services.AddSingleton<Admission>();
        services.AddTransient<CancelaAuthenticationHandler>();
        services.AddAuthentication();
        // A host's own service stays.
        if (services.Last(static service => service.ServiceType == typeof(IAuthenticationService)).ImplementationType is { } service && service.Assembly == typeof(AuthenticationService).Assembly)
        {
            services.TryAddScoped(service);
            services.AddSingleton(at => ActivatorUtilities.CreateInstance<PassingCredentials>(at, service));
            // As long-lived as the framework's: what a host puts around it may need what a request has.
            services.Replace(ServiceDescriptor.Scoped<IAuthenticationService>(static at => at.GetRequiredService<PassingCredentials>()));
        }
        services.Configure<AuthenticationOptions>(static options =>
            options.AddScheme<CancelaAuthenticationHandler>(CancelaDefaults.AuthenticationScheme, displayName: null));
        // Afterwards: a host that names another default is heard, whichever it says first.
        services.PostConfigure<AuthenticationOptions>(static options =>
            options.DefaultScheme ??= CancelaDefaults.AuthenticationScheme);
        services.AddAuthorization();
        // A host's own evaluator stays.
        if (services.LastOrDefault(static service => service.ServiceType == typeof(IPolicyEvaluator))?.ImplementationType == typeof(PolicyEvaluator))
            services.AddSingleton<PassingPolicies>().Replace(ServiceDescriptor.Transient<IPolicyEvaluator>(static at => at.GetRequiredService<PassingPolicies>()));
        services.AddSingleton<IStartupFilter>(static at => new TrustedProxies([.. Options(at, static options => options.TrustedProxies)]));
    }

    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton(static at => Options(at, static options => options.Limits));
        services.AddSingleton<NetworkThrottle>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<AttemptGuard>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<SecondFactorDesk>();
        services.AddSingleton<OwnSecondFactor>();
        services.AddSingleton<SecondFactorReset>();
        services.AddSingleton(static at => new SignInMetrics(CancelaMeter.Of(at)));
        services.AddSingleton<FrontDesk>();
        services.AddSingleton<SelfService>();
    }

    public static void AddEndpoints(this IServiceCollection services)
    {
        services.AddSingleton(static at => new IntrospectionClients(Options(at, static options => options.Clients)));
        services.AddSingleton<AccountFields>();
        services.AddSingleton<CookieRenewal>();
        services.AddSingleton<SessionEnding>();
        services.AddSingleton<SignOut>();
        services.AddSingleton<UserUpdates>();
        services.AddSingleton<SignInAnswers>();
    }

    private static T Options<T>(IServiceProvider at, Func<CancelaOptions, T> part) => part(at.GetRequiredService<CancelaOptions>());

    private static TimeSpan LongestLifetime(IServiceProvider at) => at.GetRequiredService<CredentialLifetimes>().Longest;
}
