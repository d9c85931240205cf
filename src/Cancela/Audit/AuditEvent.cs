namespace Cancela.Audit;

/// <summary>Something that the people responsible have to know about.</summary>
/// <param name="Name">One of <see cref="AuditEvents"/>.</param>
/// <param name="Outcome"><c>success</c>, or the code of the refusal.</param>
/// <param name="AccountId">Whom it concerns, where known.</param>
/// <param name="SessionId">Which sign-in it concerns, where known.</param>
/// <param name="Method">How it was tried: a strategy's name or a factor.</param>
internal sealed record AuditEvent(string Name, string Outcome, Guid? AccountId = null, Guid? SessionId = null, string? Method = null)
{
    public const string Success = "success";
}
