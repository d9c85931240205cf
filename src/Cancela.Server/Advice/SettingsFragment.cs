using System.Globalization;
using System.Text.Json.Nodes;

namespace Cancela.Server.Advice;

/// <summary>Settings as they are pasted: into <c>appsettings.json</c>, or as variables of the environment.</summary>
internal static class SettingsFragment
{
    /// <summary>The settings of a design: the name below <c>Cancela:</c>, and the value. What two rows say alike stands once.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(Design design, ConsequenceKind kind) => design.Of(kind).SelectMany(static consequence => consequence.Settings).Distinct();

    public static JsonObject Json(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var root = new JsonObject();
        foreach (var (name, value) in settings) Put(root, [CancelaSettings.Section, .. name.Split(':')], value);
        return root;
    }

    /// <summary><c>Cancela__Session__CacheEntries=1000000</c>.</summary>
    /// <param name="name">Below <c>Cancela:</c>.</param>
    /// <param name="value">The value, quoted for a shell where it has to be.</param>
    public static string Variable(string name, string value) => $"export {CancelaSettings.Section}__{name.Replace(":", "__", StringComparison.Ordinal)}={value}";

    /// <summary>As a shell reads it back.</summary>
    public static string Quoted(string value) =>
        value.All(static c => char.IsAsciiLetterOrDigit(c) || c is ':' or '/' or '.' or '-' or '_') ? value : $"'{value}'";

    private static void Put(JsonNode node, ReadOnlySpan<string> path, string value)
    {
        var (step, last) = (path[0], path.Length == 1);
        JsonNode Next(string following) => int.TryParse(following, CultureInfo.InvariantCulture, out _) ? new JsonArray() : new JsonObject();
        JsonNode Leaf() => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(value);
        if (node is JsonArray array)
        {
            var at = int.Parse(step, CultureInfo.InvariantCulture);
            if (array.Count == at) array.Add(last ? Leaf() : Next(path[1]));
            if (!last) Put(array[at]!, path[1..], value);
            return;
        }
        var below = (JsonObject)node;
        if (last) below[step] = Leaf();
        else Put(below[step] ??= Next(path[1]), path[1..], value);
    }
}
