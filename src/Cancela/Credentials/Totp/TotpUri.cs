using Cancela.Text;

namespace Cancela.Credentials.Totp;

/// <summary>The secret as authenticator apps take it from a QR code: an <c>otpauth://</c> URI, as its key URI format has it.</summary>
internal static class TotpUri
{
    public static string Of(ReadOnlySpan<byte> secret, string issuer, string account, TotpAlgorithm algorithm) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}"
        + $"?secret={Base32.Encode(secret)}&issuer={Uri.EscapeDataString(issuer)}&algorithm={TotpCode.NameOf(algorithm)}&digits={TotpCode.Digits}&period={TotpCode.Step.TotalSeconds:0}";
}
