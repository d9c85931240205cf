using Cancela.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Cancela;

/// <summary>Reads the settings: defaults, then the profile's, then the configuration's, then the code's.</summary>
internal static class CancelaSettings
{
    public const string Section = "Cancela";

    /// <summary>Settings of the process around the library. They are the server's to read.</summary>
    private static readonly string[] OfTheServer = ["Database", "Redis", "Server"];

    /// <exception cref="OptionsValidationException">Something is wrong: the message lists all of it.</exception>
    public static CancelaOptions ReadValid(IConfiguration configuration, IHostEnvironment environment, Action<CancelaOptions>? code)
    {
        var section = configuration.GetSection(Section);
        var unreadable = SettingTypes.Faults(section);
        var options = Read(SettingTypes.Without(section, unreadable.Keys), code);
        if (options.Signing.Secret is null && environment.IsDevelopment())
            options.Signing.Secret = DevelopmentSecret.ReadOrMake(Path.Combine(environment.ContentRootPath, "data"));
        string[] faults = [.. UnknownSettings(configuration), .. unreadable.Values, .. CancelaValidation.Faults(options)];
        return faults.Length == 0 ? options : throw Fault(faults);
    }

    public static OptionsValidationException Fault(params string[] faults) => new(Section, typeof(CancelaOptions), faults);

    public static CancelaOptions Read(IConfigurationSection section, Action<CancelaOptions>? code)
    {
        // Twice: the profile may be named anywhere, and has to be applied before everything else.
        var profile = Apply(new CancelaOptions(), section, code).Profile;
        var options = new CancelaOptions();
        CancelaProfiles.Apply(profile, options);
        return Apply(options, section, code);
    }

    public static IEnumerable<string> UnknownSettings(IConfiguration configuration) =>
        Unknown(configuration.GetSection(Section), typeof(CancelaOptions), Section + ":");

    private static CancelaOptions Apply(CancelaOptions options, IConfigurationSection section, Action<CancelaOptions>? code)
    {
        section.Bind(options);
        foreach (var role in section.GetSection("Roles").GetChildren()) options.Roles.Scopes[role.Key] = role.Get<string[]>() ?? [];
        code?.Invoke(options);
        return options;
    }

    // A setting with a slip of the pen would silently leave the default in force.
    private static IEnumerable<string> Unknown(IConfigurationSection section, Type type, string path)
    {
        foreach (var child in section.GetChildren())
        {
            var name = path + child.Key;
            if (type == typeof(CancelaOptions) && OfTheServer.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) continue;
            var property = type.GetProperties().FirstOrDefault(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null) yield return $"{name} is not a setting of Cancela.";
            else if (SettingTypes.IsRoom(property.PropertyType) && property.Name != nameof(CancelaOptions.Roles))
                foreach (var fault in Unknown(child, property.PropertyType, name + ":")) yield return fault;
        }
    }
}
