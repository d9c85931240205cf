namespace Cancela.Tests.Conformance;

public sealed class RefreshRotationProfile() : ProfileFixture("refresh-rotation")
{
    protected override Dictionary<string, string?> Settings => new() { ["Roles:USER:0"] = "posts:read", ["Roles:USER:1"] = "posts:write" };
}
