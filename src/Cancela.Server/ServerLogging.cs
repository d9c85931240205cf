using Microsoft.Extensions.Logging.Console;

namespace Cancela.Server;

/// <summary>
/// A quiet log: one line an event, warnings of the framework, everything of ours. The settings <c>Logging</c> of ASP.NET Core
/// change it. Until the server is up the framework says nothing: what stops a start is told once, in plain sentences.
/// </summary>
/// <param name="forCommand">A command's output is its answer: only warnings are logged, on standard error.</param>
internal sealed class ServerLogging(bool forCommand = false)
{
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Cancela.Gate"] = "Warning",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ",
    };

    private static readonly string[] LoudAtStart = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>Whether the server is up.</summary>
    public bool Speaking { get; private set; }

    /// <summary>The server is up: from now on everything is logged.</summary>
    public void Speak() => Speaking = true;

    public void Configure(WebApplicationBuilder builder)
    {
        // First among the sources: whatever anybody sets wins.
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = Defaults });
        if (forCommand)
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Cancela", LogLevel.Warning);
            builder.Services.Configure<ConsoleLoggerOptions>(static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        }
        foreach (var category in LoudAtStart) builder.Logging.AddFilter(category, level => Speaking && level >= LogLevel.Warning);
    }
}
