namespace Cancela.Server.Advice;

/// <summary>One question, as it is asked and as its flag is called.</summary>
/// <param name="Flag">Without the dashes; also the member of the JSON, there with underscores.</param>
/// <param name="Text">The question.</param>
/// <param name="Several">Whether it takes several answers, separated by commas.</param>
/// <param name="Choices">The answers. The first one is the default.</param>
internal sealed record Question(string Flag, Sentence Text, bool Several, IReadOnlyList<Choice> Choices)
{
    /// <summary>All facts that are answers to it.</summary>
    public Facts Mask => Choices.Aggregate(Facts.None, static (mask, choice) => mask | choice.Fact);
}

/// <summary>One answer to a question.</summary>
/// <param name="Fact">What is known then; <see cref="Facts.None"/> for <c>nothing</c>, which goes with no other.</param>
/// <param name="Word">How it is written.</param>
/// <param name="Text">What it means.</param>
internal sealed record Choice(Facts Fact, string Word, Sentence Text);
