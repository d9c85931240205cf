using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cancela.Bench.Kept;

/// <summary>The results as they lie in the repository: a file for each section, so that a run of some replaces only theirs.</summary>
internal sealed class KeptResults(string root)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        // Read by people, in a repository: "<=" is not to be "\u003C=".
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _folder = Path.Combine(root, "benchmarks", "results");

    /// <summary>In the order of their headings.</summary>
    public IReadOnlyList<SectionResult> All() =>
        [.. Files().Select(static file => JsonSerializer.Deserialize<SectionResult>(File.ReadAllText(file), Json)!).OrderBy(static result => result.Section, StringComparer.Ordinal)];

    public void Keep(SectionResult result)
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, NameOf(result.Section)), JsonSerializer.Serialize(result, Json) + "\n");
    }

    /// <summary>Takes away what sections left that are there no more.</summary>
    public void KeepOnly(IEnumerable<string> sections)
    {
        var names = sections.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Files().Where(file => !names.Contains(Path.GetFileName(file)))) File.Delete(file);
    }

    private string[] Files() => Directory.Exists(_folder) ? Directory.GetFiles(_folder, "*.json") : [];

    // Without what a heading says in brackets.
    private static string NameOf(string section)
    {
        var words = section.Split('(')[0].Split([' ', ',', '.', ':', '/'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join('-', words).ToLowerInvariant() + ".json";
    }
}
