using System.Diagnostics.Metrics;

namespace Cancela.Credentials.Passwords;

/// <summary>Shows the line in front of the hash gate to whoever watches: when it grows, sign-ins are slow and soon refused.</summary>
internal sealed class PasswordMetrics(Meter meter, PasswordHasher hasher)
{
    /// <summary>Makes the instrument. Once.</summary>
    public void Observe() =>
        meter.CreateObservableUpDownCounter("cancela.hash.queue", () => hasher.Gate.Waiting, "{hash}", "Password hashes that wait for a core.");
}
