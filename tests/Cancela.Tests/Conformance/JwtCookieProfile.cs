namespace Cancela.Tests.Conformance;

public sealed class JwtCookieProfile() : ProfileFixture("jwt-cookie");
