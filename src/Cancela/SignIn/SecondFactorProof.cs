namespace Cancela.SignIn;

/// <summary>What somebody shows as their second factor: one of the cases below and no other.</summary>
internal abstract record SecondFactorProof
{
    private SecondFactorProof()
    {
    }

    /// <summary>A code of their authenticator app, as it was typed.</summary>
    public sealed record Code(string Typed) : SecondFactorProof;

    /// <summary>One of their recovery codes, as it was typed.</summary>
    public sealed record RecoveryCode(string Typed) : SecondFactorProof;

    /// <summary>Of the two fields of a request; <see langword="null"/> where neither is there.</summary>
    public static SecondFactorProof? Of(string? code, string? recoveryCode) =>
        code is not null ? new Code(code) : recoveryCode is not null ? new RecoveryCode(recoveryCode) : null;
}
