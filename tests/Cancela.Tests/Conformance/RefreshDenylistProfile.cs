namespace Cancela.Tests.Conformance;

public sealed class RefreshDenylistProfile() : ProfileFixture("refresh-denylist");
