using Xunit.v3;

namespace Cancela.Tests.Contracts;

/// <summary>What the class says holds on every store: <c>./test</c> runs it on each of them, by this trait.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnEachStoreAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [KeyValuePair.Create("store", "each")];
}
