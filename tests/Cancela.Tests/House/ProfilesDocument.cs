using System.Reflection;

namespace Cancela.Tests.House;

/// <summary>
/// The table <c>| profile | sets |</c> of <c>docs/options.md</c>: every setting that the profile writes, be it to its default,
/// as <c>`Path` = value</c>, separated by semicolons.
/// </summary>
internal static class ProfilesDocument
{
    public static IEnumerable<string> Faults(string markdown)
    {
        var rows = MarkdownTable.Rows(markdown, "profile").ToDictionary(row => row[0].Trim('`'), row => row[1]);
        foreach (var name in CancelaProfiles.Names)
        {
            if (!rows.TryGetValue(name, out var row)) yield return $"profile {name} has no row";
            else foreach (var fault in Faults(name, row)) yield return fault;
        }
        foreach (var name in rows.Keys.Except(CancelaProfiles.Names)) yield return $"{name} is no profile";
    }

    private static IEnumerable<string> Faults(string name, string row)
    {
        var set = WrittenBy(name).ToHashSet();
        var told = row.Split(';').Select(pair => pair.Replace("`", "", StringComparison.Ordinal).Trim()).ToHashSet();
        foreach (var missing in set.Except(told)) yield return $"profile {name} sets {missing}";
        foreach (var wrong in told.Except(set)) yield return $"profile {name} does not set {wrong}";
    }

    // Applied to two configurations that differ in every value: what is the same afterwards was written by the profile.
    private static IEnumerable<string> WrittenBy(string name)
    {
        var (one, other) = (new CancelaOptions(), new CancelaOptions());
        Shift(other);
        var differs = Setting.Of(one).Zip(Setting.Of(other)).Where(pair => pair.First.Default != pair.Second.Default)
            .Select(pair => pair.First.Path).ToHashSet();
        CancelaProfiles.Apply(name, one);
        CancelaProfiles.Apply(name, other);
        return Setting.Of(one).Intersect(Setting.Of(other)).Where(setting => differs.Contains(setting.Path))
            .Select(setting => $"{setting.Path["Cancela:".Length..]} = {setting.Default}");
    }

    private static void Shift(object section)
    {
        foreach (var property in section.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetValue(section);
            if (property.SetMethod?.IsPublic == true) property.SetValue(section, Another(property.PropertyType, value));
            else if (value is not null && property.PropertyType.Assembly == typeof(CancelaOptions).Assembly) Shift(value);
        }
    }

    private static object Another(Type type, object? value) => value switch
    {
        TimeSpan time => time + TimeSpan.FromSeconds(1),
        bool yes => !yes,
        int number => number + 1,
        long number => number + 1,
        Enum name => Enum.GetValues(type).Cast<object>().First(one => !one.Equals(name)),
        string text => text + "!",
        null when type == typeof(string) => "!",
        null when type == typeof(DateTimeOffset?) => DateTimeOffset.UnixEpoch,
        _ => TimeSpan.FromSeconds(1),
    };
}
