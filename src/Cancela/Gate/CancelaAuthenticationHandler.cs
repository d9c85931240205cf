using System.Diagnostics;
using Cancela.Exchange;
using Cancela.Problems;
using Cancela.Sql;
using Cancela.Strategies;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cancela.Gate;

/// <summary>
/// How a request passes: the credential it carries is recognised by the strategy of its slot. A bearer token, where one is
/// shown, decides alone; a cookie is looked at only where none is.
/// </summary>
internal sealed partial class CancelaAuthenticationHandler(
    Slots slots, Succession succession, CookieExchange exchange, CookieCarrier cookies, CrossSiteGuard guard, Admission admission,
    ILogger<CancelaAuthenticationHandler> logger) : IAuthenticationHandler
{
    private HttpContext _context = null!;
    private Task<AuthenticateResult>? _result;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    // Who passed without us passed: what became of the headers since does not matter.
    public Task<AuthenticateResult> AuthenticateAsync() => _result ??= _context.Features.Get<CurrentCaller>()?.Passed ?? RecognizeAsync();

    public async Task ChallengeAsync(AuthenticationProperties? properties)
    {
        var refusal = await RefusalAsync() ?? new Refusal(Problem.NotAuthenticated, "no credential");
        Challenges.Add(_context, refusal, BearerCarrier.TryRead(_context, out _));
        await refusal.ToResult().ExecuteAsync(_context);
    }

    public Task ForbidAsync(AuthenticationProperties? properties)
    {
        if (_context.Features.Get<MissingProof>() is { } proof) return Challenges.ProveMore(_context, proof).ExecuteAsync(_context);
        var missing = _context.Features.Get<MissingScope>();
        var problem = missing is null ? Problem.Forbidden : Problem.InsufficientScope;
        if (missing is not null) Challenges.AddInsufficientScope(_context, missing.Scope);
        return new ProblemResult(problem).ExecuteAsync(_context);
    }

    private async Task<Refusal?> RefusalAsync() => (await AuthenticateAsync()).Succeeded ? null : _context.Features.Get<Refusal>();

    private async Task<AuthenticateResult> RecognizeAsync()
    {
        try
        {
            if (BearerCarrier.TryRead(_context, out var token)) return Judge(await slots.Token.RecognizeAsync(token, _context.RequestAborted), byCookie: false);

            switch (cookies.Read(_context, out var value))
            {
                case CookieCount.None: return AuthenticateResult.NoResult();
                case CookieCount.Several: return Refuse(new(Problem.SessionInvalid, "several cookies of the session's name"));
            }
            if (!guard.Passes(_context.Request)) return Refuse(new(Problem.CrossSiteRequest, "an unsafe method from another site, with our cookie"));
            var strategy = succession.BrowserOf(value);
            var recognition = await strategy.RecognizeAsync(value, _context.RequestAborted);
            var result = Judge(recognition, byCookie: true, value);
            if (result.Succeeded && recognition is Recognition.Recognized { Caller: var caller }) await RenewFormerAsync(strategy, value, caller);
            return result;
        }
        catch (StoreUnavailableException exception)
        {
            StoreUnavailable(exception);
            return Refuse(new(Problem.StoreUnavailable, "the store does not answer"));
        }
    }

    // What came in a former cookie goes back in a present one.
    private async ValueTask RenewFormerAsync(IStrategy strategy, string credential, Caller caller)
    {
        var grant = succession.IsFormer(strategy)
            ? await exchange.ExchangeAsync(credential, caller, ClientInfoReader.Of(_context), _context.RequestAborted)
            : null;
        if (grant is not null) cookies.Write(_context, grant.Credential, grant.ExpiresAt);
        else if (cookies.CameByFormerName(_context)) cookies.Write(_context, credential, caller.ExpiresAt);
    }

    private AuthenticateResult Judge(Recognition recognition, bool byCookie, string credential = "")
    {
        switch (recognition)
        {
            case Recognition.Recognized(var caller, _) when admission.LacksSecondFactor(caller):
                return Refuse(new(Problem.SecondFactorRequired, "signed in without the second factor that the role needs"));
            case Recognition.Recognized(var caller, var renewedUntil):
                if (renewedUntil is { } until) cookies.Write(_context, credential, until);
                return admission.Admit(_context, caller, byCookie).Result;
            case Recognition.Refused(var refusal): return Refuse(refusal);
            default: throw new UnreachableException();
        }
    }

    private AuthenticateResult Refuse(Refusal refusal)
    {
        Refused(refusal.Problem.Code, refusal.Reason, Problems.Trace.IdOf(_context));
        _context.Features.Set(refusal);
        return AuthenticateResult.Fail(refusal.Problem.Code);
    }

    // The private sentence, never the credential.
    [LoggerMessage(4001, LogLevel.Debug, "Refused with {Code}: {Reason}, trace {TraceId}")]
    private partial void Refused(string code, string reason, string traceId);

    [LoggerMessage(4002, LogLevel.Error, "The store does not answer: the request is refused with 503")]
    private partial void StoreUnavailable(Exception exception);
}
