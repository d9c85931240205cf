namespace Cancela.Server.Advice;

/// <summary>How the parts stand to each other, and what that costs a request.</summary>
/// <param name="Fact">The conclusion that names it.</param>
/// <param name="Word">Its name, for programs.</param>
/// <param name="Text">What it is.</param>
/// <param name="Processes">Beside the database, and beside Redis where there is one.</param>
/// <param name="Exchanges">What goes over the network for one authenticated request, one by one. Without the database's.</param>
/// <param name="ByCookie">Statements for it that the credential causes, when it is a cookie of <c>session</c> that the node knows; <see langword="null"/>: no cookie comes.</param>
/// <param name="ByToken">The same, when it is a token.</param>
internal sealed record Topology(
    Facts Fact, string Word, Sentence Text, IReadOnlyList<string> Processes, IReadOnlyList<string> Exchanges, int? ByCookie, int? ByToken);
