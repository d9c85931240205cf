using System.Text.Json;

namespace Cancela.Server.Lab;

/// <summary>What a run leaves: the figures for programs, and a page for people that holds the same figures.</summary>
internal static class LabFiles
{
    public const string Json = "cancela-lab.json";
    public const string Page = "cancela-lab.html";

    private const string Trial = ".cancela-lab";

    /// <summary>Makes the folder, and makes sure now, and not after minutes, that it takes files.</summary>
    public static void Ensure(string folder)
    {
        Directory.CreateDirectory(folder);
        new FileStream(Path.Combine(folder, Trial), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
    }

    public static string JsonOf(LabReport report) => JsonSerializer.Serialize(report, LabJson.Default.LabReport);

    public static async Task WriteAsync(string folder, LabReport report, LabWords words, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, Json), JsonOf(report) + "\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, Page), LabPage.Of(report, words), cancellationToken);
    }
}
