namespace Cancela.Problems;

/// <summary>The languages as BCP 47 writes them.</summary>
internal static class LanguageTags
{
    public static string Tag(this Language language) => language == Language.English ? "en" : "pt-BR";

    public static bool TryParse(string text, out Language language)
    {
        language = text.Equals("en", StringComparison.OrdinalIgnoreCase) ? Language.English : Language.BrazilianPortuguese;
        return language == Language.English || text.Equals("pt-BR", StringComparison.OrdinalIgnoreCase);
    }
}
