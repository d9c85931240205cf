using Cancela.Credentials.RecoveryCodes;
using Cancela.Credentials.Totp;
using Cancela.Gate;
using Cancela.SignIn;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>One's own authenticator app and recovery codes: <c>/auth/totp</c> and <c>/auth/recovery-codes</c>.</summary>
internal static class TotpEndpoints
{
    public static async Task<IResult> Show(TotpSecrets totp, RecoveryCodeSet recoveryCodes, HttpContext context, CancellationToken cancellationToken)
    {
        var accountId = CurrentCaller.CallerOf(context).AccountId;
        var state = await totp.StateAsync(accountId, cancellationToken);
        var left = await recoveryCodes.CountAsync(accountId, cancellationToken);
        return new Answer<SecondFactorResponse>(new(state.ConfirmedAt is not null, state.ConfirmedAt, state.LastUsedAt, left));
    }

    /// <summary>Makes a secret, told once. Nothing changes until a code of it is confirmed; one in use goes on until then.</summary>
    public static async Task<IResult> Begin(OwnSecondFactor own, HttpContext context, CancellationToken cancellationToken) =>
        new Answer<TotpEnrolmentResponse>(TotpEnrolmentResponse.Of(await own.BeginAsync(CurrentCaller.CallerOf(context), cancellationToken)));

    /// <summary>Puts the secret to use. Every other sign-in ends; this one goes on, with a new session ID in its cookie.</summary>
    public static async Task<IResult> Confirm(
        JsonBody<CodeRequest> body, OwnSecondFactor own, CookieRenewal renewal, HttpContext context, CancellationToken cancellationToken)
    {
        if (body.Value.Code is not { } code) return AccountFields.Refuse([Missing.Code()]);
        var change = await own.ConfirmAsync(CurrentCaller.CallerOf(context), code, ClientInfoReader.Of(context), cancellationToken);
        if (change is FactorChange.Done) await renewal.RenewAsync(context, cancellationToken);
        return Answer(change);
    }

    /// <summary>Takes the second factor and its recovery codes away: 204. Every other sign-in ends.</summary>
    public static async Task<IResult> Remove(OwnSecondFactor own, CookieRenewal renewal, HttpContext context, CancellationToken cancellationToken)
    {
        var change = await own.RemoveAsync(CurrentCaller.CallerOf(context), ClientInfoReader.Of(context), cancellationToken);
        if (change is not FactorChange.Done) return Answer(change);
        await renewal.RenewAsync(context, cancellationToken);
        return Results.NoContent();
    }

    /// <summary>Makes ten new recovery codes, told once. The old ones count no more.</summary>
    public static async Task<IResult> ReplaceRecoveryCodes(OwnSecondFactor own, HttpContext context, CancellationToken cancellationToken) =>
        Answer(await own.ReplaceRecoveryCodesAsync(CurrentCaller.CallerOf(context), ClientInfoReader.Of(context), cancellationToken));

    private static IResult Answer(FactorChange change) => change switch
    {
        FactorChange.Done(var codes) => new Answer<RecoveryCodesResponse>(new(codes)),
        FactorChange.Refused(var refusal) => refusal.ToResult(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
