namespace Cancela.Accounts;

/// <summary>What holds for every text that people write about themselves.</summary>
internal static class PlainText
{
    /// <summary>False for half a character (a lone surrogate): it cannot be stored, and normalising it throws.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }
}
