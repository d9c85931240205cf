namespace Cancela.Tests.Conformance;

/// <summary>What comes out of the box, and one service that may introspect.</summary>
public sealed class NoProfile() : ProfileFixture(null)
{
    public const string ClientId = "billing";
    public const string ClientSecret = "a secret of a service: 32 characters and more";

    protected override Dictionary<string, string?> Settings => new() { ["Clients:0:Id"] = ClientId, ["Clients:0:Secret"] = ClientSecret };
}
