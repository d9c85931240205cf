using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Bench.Pipeline;

/// <summary>
/// A request behind the gate: the whole of it in a host, and the part of it that is ours, called as the framework calls it. The context is kept from one
/// call to the next, as a server keeps it for a connection: what it takes is not in these figures.
/// </summary>
public class GateBenchmarks
{
    private readonly BareRequest _open = new("GET", LoopbackServer.Open);
    private readonly AuthorizationPolicy _policy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
    private readonly AuthenticatedRequest _feature = new();
    private BareRequest _closed = null!;
    private AuthenticationScheme _scheme = null!;
    private HttpContext _context = null!;
    private IPolicyEvaluator _policies = null!;

    internal static GateHost Host { get; set; } = null!;

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        _closed = new("GET", LoopbackServer.Closed, Header: Host.Credential);
        _scheme = (await Host.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync())!;
        _policies = Host.Services.GetRequiredService<IPolicyEvaluator>();
        _context = new DefaultHttpContext(_closed.Features(Stream.Null)) { RequestServices = Host.Services.CreateScope().ServiceProvider };
        _context.Features.Set<IAuthenticateResultFeature>(_feature);
        PlainHandler.Likeness = (await AuthenticateAsync(_scheme.HandlerType)).Principal!;
    }

    [Benchmark]
    public Task Anonymous() => AnsweredAsync(_open);

    [Benchmark]
    public Task Authenticated() => AnsweredAsync(_closed);

    /// <summary>Our handler, and what says that its principal may pass.</summary>
    [Benchmark]
    public async Task<bool> Gate()
    {
        var result = await AuthenticateAsync(_scheme.HandlerType);
        _feature.AuthenticateResult = result;
        _context.User = result.Principal!;
        var again = await _policies.AuthenticateAsync(_policy, _context);
        return (await _policies.AuthorizeAsync(_policy, again, _context, null)).Succeeded ? true : throw new InvalidOperationException("It was refused.");
    }

    /// <summary>The same way with nothing in it that is ours.</summary>
    [Benchmark]
    public async Task<bool> Plain()
    {
        var result = await AuthenticateAsync(typeof(PlainHandler));
        _feature.AuthenticateResult = result;
        _context.User = result.Principal!;
        return (await Task.FromResult(result)).Succeeded;
    }

    /// <summary>Of that, the principal, the ticket and the result.</summary>
    [Benchmark]
    public AuthenticateResult Principal() => PlainHandler.Result(_scheme.Name);

    private async ValueTask<AuthenticateResult> AuthenticateAsync(Type handlerType)
    {
        var handler = (IAuthenticationHandler)_context.RequestServices.GetRequiredService(handlerType);
        await handler.InitializeAsync(_scheme, _context);
        var result = await handler.AuthenticateAsync();
        return result.Succeeded ? result : throw new InvalidOperationException("It was refused.");
    }

    private static async Task AnsweredAsync(BareRequest request)
    {
        if (await Host.Server.AskAsync(request) is not 200 and var status) throw new InvalidOperationException($"Refused with {status}.");
    }

    private sealed class AuthenticatedRequest : IAuthenticateResultFeature
    {
        public AuthenticateResult? AuthenticateResult { get; set; }
    }
}
