namespace Cancela.Tests.Conformance;

public sealed class JwtProfile() : ProfileFixture("jwt");
