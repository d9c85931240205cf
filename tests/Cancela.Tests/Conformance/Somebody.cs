namespace Cancela.Tests.Conformance;

/// <summary>Somebody who has registered.</summary>
internal sealed record Somebody(string Email, Guid Id);
