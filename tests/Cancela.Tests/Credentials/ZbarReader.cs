using System.Diagnostics;
using System.Text;
using Cancela.Credentials.Totp.Qr;
using Cancela.Tests.Servers;
using Xunit;

namespace Cancela.Tests.Credentials;

/// <summary>A reader of QR codes that is not ours: ZBar, as Debian packages its command line.</summary>
internal static class ZbarReader
{
    private const int QuietZone = 4, Scale = 4;

    /// <summary>The bytes that it reads; the test is skipped where it is not installed.</summary>
    public static byte[] Read(QrCode code)
    {
        var program = Programs.Find("zbarimg");
        Assert.SkipWhen(program is null, "zbarimg is not here: on Debian or Ubuntu, apt-get install zbar-tools.");
        var folder = Directory.CreateTempSubdirectory("cancela");
        try
        {
            var image = Path.Combine(folder.FullName, "code.pgm");
            File.WriteAllBytes(image, Picture(code));
            using var zbar = Process.Start(new ProcessStartInfo(program!)
            {
                ArgumentList = { "--quiet", "--nodbus", "--raw", "--oneshot", "-Sbinary", image },
                RedirectStandardOutput = true,
            })!;
            using var output = new MemoryStream();
            zbar.StandardOutput.BaseStream.CopyTo(output);
            zbar.WaitForExit();
            // 4: it found no code.
            Assert.Equal(0, zbar.ExitCode);
            return output.ToArray();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A portable graymap: a line of text, and a byte for each pixel.
    private static byte[] Picture(QrCode code)
    {
        var width = (code.Size + (2 * QuietZone)) * Scale;
        var pixels = new byte[width * width];
        Array.Fill(pixels, byte.MaxValue);
        for (var row = 0; row < code.Size * Scale; row++)
        for (var column = 0; column < code.Size * Scale; column++)
            if (code[row / Scale, column / Scale]) pixels[(((QuietZone * Scale) + row) * width) + (QuietZone * Scale) + column] = 0;
        return [.. Encoding.ASCII.GetBytes($"P5 {width} {width} 255\n"), .. pixels];
    }
}
