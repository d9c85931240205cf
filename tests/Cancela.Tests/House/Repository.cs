using System.Runtime.CompilerServices;

namespace Cancela.Tests.House;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["bin", "obj", "data", "node_modules", "BenchmarkDotNet.Artifacts", "TestResults", ".git", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file that is written by people, by its path from the root.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } = [.. Walk(new DirectoryInfo(Root))];

    public static IEnumerable<SourceFile> Code(params string[] folders) =>
        Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal)
            && folders.Any(folder => file.Path.StartsWith(folder + "/", StringComparison.Ordinal)));

    public static IEnumerable<SourceFile> Documents => Files.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<SourceFile> Walk(DirectoryInfo folder) =>
        folder.EnumerateFileSystemInfos().Where(entry => !Generated.Contains(entry.Name)).SelectMany(entry => entry is DirectoryInfo below
            ? Walk(below)
            : [new SourceFile(Path.GetRelativePath(Root, entry.FullName).Replace('\\', '/'))]);

    // From this very file upwards; a build that hides source paths still stands under the root.
    private static string FindRoot([CallerFilePath] string here = "") =>
        Above(Path.GetDirectoryName(here)) ?? Above(AppContext.BaseDirectory)
        ?? throw new InvalidOperationException("No folder above the tests holds Cancela.slnx.");

    private static string? Above(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Cancela.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder;
    }
}
