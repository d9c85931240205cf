using System.Diagnostics;
using System.Globalization;
using Cancela.Credentials.Totp;
using Xunit;

namespace Cancela.Tests;

/// <summary>An authenticator app that is not ours: <c>oathtool</c>, which knows nothing but the secret that was typed into it.</summary>
internal sealed class Authenticator(string secret, TotpAlgorithm algorithm = TotpAlgorithm.Sha1)
{
    /// <summary>What it shows at an instant.</summary>
    public async Task<string> ShowAsync(DateTimeOffset at)
    {
        var start = new ProcessStartInfo("oathtool") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(algorithm == TotpAlgorithm.Sha256 ? "--totp=sha256" : "--totp=sha1");
        start.ArgumentList.Add("--base32");
        start.ArgumentList.Add("--now=" + at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        start.ArgumentList.Add(secret);
        Process oathtool;
        try
        {
            oathtool = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("oathtool is not installed (Debian: oathtool).");
            throw;
        }
        using (oathtool)
        {
            var shown = await oathtool.StandardOutput.ReadToEndAsync();
            var complaint = await oathtool.StandardError.ReadToEndAsync();
            await oathtool.WaitForExitAsync();
            Assert.True(oathtool.ExitCode == 0, complaint);
            return shown.Trim();
        }
    }
}
