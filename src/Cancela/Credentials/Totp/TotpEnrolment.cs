namespace Cancela.Credentials.Totp;

/// <summary>A secret on its way into an authenticator app. It is told once.</summary>
/// <param name="Secret">Base32, to be typed.</param>
/// <param name="Uri">The same as an <c>otpauth://</c> URI.</param>
internal sealed record TotpEnrolment(string Secret, string Uri)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(TotpEnrolment);
}
