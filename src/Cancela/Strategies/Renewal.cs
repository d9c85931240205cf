using Cancela.Problems;

namespace Cancela.Strategies;

/// <summary>What came of showing a refresh token: one of the four cases below and no other.</summary>
internal abstract record Renewal
{
    private Renewal()
    {
    }

    /// <summary>New credentials.</summary>
    /// <param name="Grant">The credentials.</param>
    /// <param name="AccountId">Whose.</param>
    /// <param name="Role">What their role is now.</param>
    /// <param name="Methods">How they signed in.</param>
    public sealed record Renewed(Grant Grant, Guid AccountId, string Role, string Methods) : Renewal
    {
        public Renewed(Grant grant, Proof of) : this(grant, of.Subject.AccountId, of.Subject.Role, of.Methods)
        {
        }
    }

    /// <summary>Refused.</summary>
    public sealed record Refused(Refusal Refusal) : Renewal;

    /// <summary>An old one came back (RFC 9700 section 4.14.2): the session has been ended.</summary>
    public sealed record Reused(Guid AccountId, Guid SessionId) : Renewal;

    /// <summary>Its sign-in goes on under another strategy, which is asked instead.</summary>
    public sealed record Turned : Renewal;

    public static Renewal No(Problem problem, string reason) => new Refused(new Refusal(problem, reason));
}
