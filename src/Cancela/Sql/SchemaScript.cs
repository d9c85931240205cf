using System.Globalization;
using System.Reflection;

namespace Cancela.Sql;

/// <summary>One step of the schema: an embedded resource named <c>001_initial.sql</c>, applied once and never changed after.</summary>
/// <param name="Version">The number in front: 1, 2, 3 … without gaps.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Text">Its statements.</param>
internal sealed record SchemaScript(int Version, string Name, string Text)
{
    /// <summary>The scripts of a database's assembly, in order.</summary>
    public static IReadOnlyList<SchemaScript> In(Assembly assembly) =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => new SchemaScript(int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name, Read(assembly, name)))
            .OrderBy(script => script.Version),
    ];

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
