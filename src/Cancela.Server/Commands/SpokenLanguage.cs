using Cancela.Problems;

namespace Cancela.Server.Commands;

/// <summary>The language in which a command talks to people: that of the settings, unless it is told another one.</summary>
internal static class SpokenLanguage
{
    /// <returns><see langword="null"/>: it is none of ours.</returns>
    public static Language? Of(IConfiguration configuration, string? told = null) =>
        LanguageTags.TryParse(told ?? configuration[$"{CancelaSettings.Section}:Language"] ?? new CancelaOptions().Language, out var language) ? language : null;
}
