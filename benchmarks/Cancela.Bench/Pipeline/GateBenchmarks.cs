using System.Security.Claims;
using BenchmarkDotNet.Attributes;
using Cancela.Gate;
using Cancela.Strategies;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Bench.Pipeline;

/// <summary>
/// A request behind the gate: the whole of it in a host, and the part of it that is ours, called as the framework's middlewares call it. The context is kept
/// from one call to the next, as a server keeps it for a connection: what it takes is not in these figures.
/// </summary>
public class GateBenchmarks
{
    private readonly BareRequest _open = new("GET", LoopbackServer.Open);
    private readonly AuthorizationPolicy _policy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
    private readonly AuthenticatedRequest _feature = new();
    private readonly Principals _principals = new();
    private BareRequest _closed = null!;
    private HttpContext _context = null!;
    private Caller _caller = null!;

    internal static GateHost Host { get; set; } = null!;

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        _closed = new("GET", LoopbackServer.Closed, Header: Host.Credential);
        _context = new DefaultHttpContext(_closed.Features(Stream.Null)) { RequestServices = Host.Services.CreateScope().ServiceProvider };
        _context.Features.Set<IAuthenticateResultFeature>(_feature);
        await Gate();
        _caller = CurrentCaller.CallerOf(_context);
    }

    [Benchmark]
    public Task Anonymous() => AnsweredAsync(_open);

    [Benchmark]
    public Task Authenticated() => AnsweredAsync(_closed);

    /// <summary>From the header to the principal, and whether it may pass.</summary>
    [Benchmark]
    public async Task<bool> Gate()
    {
        _context.Features.Set<CurrentCaller>(null);
        var result = await _context.RequestServices.GetRequiredService<IAuthenticationService>().AuthenticateAsync(_context, CancelaDefaults.AuthenticationScheme);
        if (!result.Succeeded) throw new InvalidOperationException("It was refused.");
        _feature.AuthenticateResult = result;
        _context.User = result.Principal;
        var policies = _context.RequestServices.GetRequiredService<IPolicyEvaluator>();
        var again = await policies.AuthenticateAsync(_policy, _context);
        return (await policies.AuthorizeAsync(_policy, again, _context, null)).Succeeded ? true : throw new InvalidOperationException("It was refused.");
    }

    /// <summary>What it hands over: principal, ticket and result, and the task that holds it.</summary>
    [Benchmark]
    public async Task<bool> Principal()
    {
        var result = await _principals.Of(_caller, byCookie: false).Passed;
        return result.Succeeded;
    }

    /// <summary>The same four without anything that is ours: what any handler hands over at least.</summary>
    [Benchmark]
    public async Task<bool> Bare()
    {
        var result = await Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(), CancelaDefaults.AuthenticationScheme)));
        return result.Succeeded;
    }

    /// <summary>What a host asks for that wants to know who it is: the identity and its claims.</summary>
    [Benchmark]
    public bool Claims() => _principals.Of(_caller, byCookie: false).HasClaim("sub", "");

    private static async Task AnsweredAsync(BareRequest request)
    {
        if (await Host.Server.AskAsync(request) is not 200 and var status) throw new InvalidOperationException($"Refused with {status}.");
    }

    private sealed class AuthenticatedRequest : IAuthenticateResultFeature
    {
        public AuthenticateResult? AuthenticateResult { get; set; }
    }
}
