using Cancela.Credentials.Totp;

namespace Cancela.Endpoints;

/// <summary>A secret for an authenticator app, told once. It waits 15 minutes for its first code.</summary>
/// <param name="Secret">Base32, to be typed.</param>
/// <param name="Uri">The same as an <c>otpauth://</c> URI, to be opened on a phone.</param>
/// <param name="QrSvg">The URI as a QR code: an SVG image.</param>
public sealed record TotpEnrolmentResponse(string Secret, string Uri, string QrSvg)
{
    internal static TotpEnrolmentResponse Of(TotpEnrolment enrolment) => new(enrolment.Secret, enrolment.Uri, Credentials.Totp.Qr.QrSvg.Of(enrolment.Uri));

    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(TotpEnrolmentResponse);
}
