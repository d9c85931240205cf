using System.Collections;
using System.ComponentModel;
using Microsoft.Extensions.Configuration;

namespace Cancela;

/// <summary>Settings whose text is no value of their kind. Binding would stop at the first of them, in words of its own.</summary>
internal static class SettingTypes
{
    /// <summary>The path of each, below the section, and what is wrong with it.</summary>
    public static Dictionary<string, string> Faults(IConfigurationSection section) =>
        Faults(section, typeof(CancelaOptions)).ToDictionary(static fault => fault.Path, static fault => fault.Sentence, StringComparer.OrdinalIgnoreCase);

    /// <summary>The section without these settings.</summary>
    public static IConfigurationSection Without(IConfigurationSection section, ICollection<string> paths) => new ConfigurationBuilder()
        .AddInMemoryCollection(section.AsEnumerable().Where(setting => setting.Value is not null && !paths.Contains(setting.Key)))
        .Build().GetSection(section.Path);

    private static IEnumerable<(string Path, string Sentence)> Faults(IConfigurationSection section, Type type)
    {
        foreach (var child in section.GetChildren())
        {
            if (type.GetProperties().FirstOrDefault(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is not { } property) continue;
            var kind = Nullable.GetUnderlyingType(property.PropertyType);
            if (IsRoom(property.PropertyType))
                foreach (var fault in Faults(child, property.PropertyType)) yield return fault;
            else if (child.Value is { } text && (kind is null || text.Length > 0) && !Converts(text, kind ?? property.PropertyType))
                yield return (child.Path, $"{section.Path}:{property.Name} is '{text}': it must be {Name(kind ?? property.PropertyType)}.");
        }
    }

    /// <summary>A class of settings in a section of their own.</summary>
    public static bool IsRoom(Type type) =>
        type.Assembly == typeof(CancelaOptions).Assembly && type.IsClass && !typeof(IEnumerable).IsAssignableFrom(type);

    // A list has no text of its own to convert.
    private static bool Converts(string text, Type type)
    {
        if (!type.IsValueType) return true;
        // Without an offset it would be a time of wherever the process runs.
        if (type == typeof(DateTimeOffset) && !text.EndsWith('Z')) return false;
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private static string Name(Type type) => type switch
    {
        { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(TimeSpan) => "a time such as 00:15:00",
        _ when type == typeof(DateTimeOffset) => "an instant in UTC such as 2030-01-31T00:00:00Z",
        _ when type == typeof(bool) => "true or false",
        _ => "a whole number",
    };
}
