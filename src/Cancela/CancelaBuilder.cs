using Microsoft.Extensions.DependencyInjection;

namespace Cancela;

/// <summary>What <c>AddCancela</c> returns: here a database is chosen.</summary>
public sealed class CancelaBuilder
{
    internal CancelaBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }
}
