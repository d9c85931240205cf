using Cancela.Accounts;

namespace Cancela.Strategies;

/// <summary>Who is calling, as the credential shown proves it.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="SessionId">The sign-in that the credential belongs to.</param>
/// <param name="Strategy">One of <see cref="StrategyNames"/>.</param>
/// <param name="Email">The address that the credential names.</param>
/// <param name="Role">The role that it names.</param>
/// <param name="Scope">What it permits, separated by spaces.</param>
/// <param name="Methods">How they signed in: RFC 8176 <c>amr</c>, separated by spaces.</param>
/// <param name="AuthenticatedAt">When they signed in.</param>
/// <param name="ExpiresAt">When the credential expires.</param>
/// <param name="Account">The account itself, where the strategy had to read it anyway.</param>
/// <param name="Narrowing">What the sign-in was narrowed to, where the strategy knows; empty: nothing.</param>
internal sealed record Caller(
    Guid AccountId, Guid SessionId, string Strategy, string Email, string Role, string Scope, string Methods,
    DateTimeOffset AuthenticatedAt, DateTimeOffset ExpiresAt, Account? Account = null, string Narrowing = "")
{
    /// <summary>The account's version that the credential counts for.</summary>
    public int Version { get; init; }

    /// <summary>Whether they showed more than one factor.</summary>
    public bool ShowedSecondFactor { get; } = Scopes.Contains(Methods, SecondFactorPolicy.Method);

    public bool Has(string scope) => Scopes.Contains(Scope, scope);
}
