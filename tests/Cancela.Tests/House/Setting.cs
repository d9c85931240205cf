using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Cancela.Tests.House;

/// <summary>One setting, as reflection finds it below the root of the options.</summary>
/// <param name="Path">As it is written in a configuration file, with colons.</param>
/// <param name="Type">Without <see cref="Nullable{T}"/>.</param>
/// <param name="Default">As the document writes it.</param>
internal sealed record Setting(string Path, Type Type, string Default)
{
    /// <summary>The leaves below a root. A class of the root's own assembly is a section; everything else is a value.</summary>
    public static IEnumerable<Setting> Below(Type root, string path = "Cancela") => Below(Activator.CreateInstance(root)!, path, root.Assembly);

    /// <summary>The leaves below a root that holds values: what is called their default is what they are now.</summary>
    public static IEnumerable<Setting> Of(object root) => Below(root, "Cancela", root.GetType().Assembly);

    private static IEnumerable<Setting> Below(object section, string path, Assembly ours)
    {
        foreach (var property in section.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsSetting))
        {
            var (value, here) = (property.GetValue(section), $"{path}:{property.Name}");
            if (value is not null && property.PropertyType.IsClass && property.PropertyType.Assembly == ours)
            {
                foreach (var setting in MapOf(value, here) is { } map ? [map] : Below(value, here, ours)) yield return setting;
            }
            else
            {
                yield return new Setting(here, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, Write(value));
            }
        }
    }

    // A section that holds nothing but a map is written as the map itself: Cancela:Roles:EDITOR, not Cancela:Roles:Scopes:EDITOR.
    private static Setting? MapOf(object section, string path) =>
        section.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsSetting).ToList() is [var only] && only.GetValue(section) is IDictionary pairs
            ? new Setting(path, only.PropertyType, Write(pairs))
            : null;

    // The binder fills collections that cannot be set.
    private static bool IsSetting(PropertyInfo property) =>
        property.GetIndexParameters().Length == 0
        && (property.SetMethod?.IsPublic == true || (property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
            || (property.PropertyType.IsClass && property.PropertyType.Assembly == property.DeclaringType!.Assembly));

    private static string Write(object? value) => value switch
    {
        null or "" => "none",
        TimeSpan time => Write(time),
        bool yes => yes ? "true" : "false",
        string text => text,
        IDictionary pairs => Joined(pairs.Keys.Cast<object>().Select(key => $"{key} = {Write(pairs[key])}"), "; "),
        IEnumerable items => Joined(items.Cast<object?>().Select(Write), ", "),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Joined(IEnumerable<string> parts, string separator) =>
        string.Join(separator, parts) is { Length: > 0 } text ? text : "none";

    private static string Write(TimeSpan time) => time switch
    {
        _ when time == TimeSpan.Zero => "0",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerDay == 0 => $"{time.Days} d",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => $"{time.TotalHours} h",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => $"{time.TotalMinutes} min",
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerSecond == 0 => $"{time.TotalSeconds} s",
        _ => $"{time.TotalMilliseconds} ms",
    };
}
