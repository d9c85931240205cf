namespace Cancela.Text;

/// <summary>Korean syllables are made of two or three letters by arithmetic (The Unicode Standard, section 3.12).</summary>
internal static class Hangul
{
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28, Syllables = Leads * Vowels * Tails;

    public static bool IsSyllable(int point) => point is >= SyllableBase and < SyllableBase + Syllables;

    public static void Decompose(int syllable, List<int> points)
    {
        var index = syllable - SyllableBase;
        points.Add(LeadBase + (index / (Vowels * Tails)));
        points.Add(VowelBase + (index / Tails % Vowels));
        if (index % Tails != 0) points.Add(TailBase + (index % Tails));
    }

    public static bool TryCompose(int first, int second, out int syllable)
    {
        int lead = first - LeadBase, vowel = second - VowelBase, tail = second - TailBase;
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
        {
            syllable = SyllableBase + (((lead * Vowels) + vowel) * Tails);
            return true;
        }
        syllable = first + tail;
        return IsSyllable(first) && (first - SyllableBase) % Tails == 0 && tail is > 0 and < Tails;
    }
}
