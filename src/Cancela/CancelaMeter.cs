using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela;

/// <summary>
/// The meter <c>Cancela</c> of one host: made by the host's own factory, so that hosts in one process do not mix. Every room
/// counts for itself, in its <c>…Metrics.cs</c>; all instruments stand in <c>docs/operations.md</c>.
/// </summary>
internal static class CancelaMeter
{
    public const string Name = "Cancela";

    // The factory keeps it: asked again by the same name, it hands out the same one.
    public static Meter Of(IServiceProvider at) => at.GetRequiredService<IMeterFactory>().Create(Name);
}
