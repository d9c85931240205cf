namespace Cancela.Problems;

/// <summary>The languages in which people are spoken to.</summary>
public enum Language
{
    /// <summary><c>pt-BR</c>, the default.</summary>
    BrazilianPortuguese,

    /// <summary><c>en</c>.</summary>
    English,
}
