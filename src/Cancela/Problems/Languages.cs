using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Cancela.Problems;

/// <summary>Which language a person is spoken to in: <c>Accept-Language</c> (RFC 9110 section 12.5.4) decides, else the setting.</summary>
internal sealed class Languages(Language byDefault)
{
    public static Language Of(HttpContext context)
    {
        var byDefault = context.RequestServices.GetService<Languages>()?.Default ?? Language.BrazilianPortuguese;
        return Choose(context.Request.Headers.AcceptLanguage.ToString(), byDefault);
    }

    public Language Default { get; } = byDefault;

    internal static Language Choose(string header, Language byDefault)
    {
        if (header.Length == 0 || !StringWithQualityHeaderValue.TryParseList([header], out var wishes)) return byDefault;
        foreach (var wish in wishes.Where(static wish => wish.Quality is not 0).OrderByDescending(static wish => wish.Quality ?? 1))
        {
            if (Is(wish.Value.ToString(), "pt")) return Language.BrazilianPortuguese;
            if (Is(wish.Value.ToString(), "en")) return Language.English;
        }
        return byDefault;
    }

    private static bool Is(string tag, string language) =>
        tag.Equals(language, StringComparison.OrdinalIgnoreCase) || tag.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase);
}
