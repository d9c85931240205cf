using Cancela.Problems;

namespace Cancela.Server.Advice;

/// <summary>One text for people, in both languages.</summary>
internal sealed record Sentence(string Portuguese, string English)
{
    public string In(Language language) => language == Language.English ? English : Portuguese;
}
