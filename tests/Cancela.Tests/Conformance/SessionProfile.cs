namespace Cancela.Tests.Conformance;

public sealed class SessionProfile() : ProfileFixture("session");
