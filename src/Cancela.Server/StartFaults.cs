using Cancela.Sql;
using Microsoft.Extensions.Options;

namespace Cancela.Server;

/// <summary>Why the server does not start, for the person who started it: sentences, no stack trace.</summary>
internal static class StartFaults
{
    /// <summary>True for what a person at the console can mend. Anything else is a bug, and shows where it is.</summary>
    public static bool Tells(Exception exception) => exception
        is OptionsValidationException or StoreUnavailableException or IOException or UnauthorizedAccessException or InvalidOperationException
        or ArgumentException or FormatException or InvalidDataException or System.Net.Sockets.SocketException;

    public static async Task PrintAsync(Exception exception, TextWriter error)
    {
        foreach (var sentence in Sentences(exception)) await error.WriteLineAsync(sentence);
    }

    private static IEnumerable<string> Sentences(Exception exception) => exception switch
    {
        OptionsValidationException options => options.Failures,
        AggregateException several => several.InnerExceptions.SelectMany(Sentences),
        { InnerException: { } inner } when !exception.Message.Contains(inner.Message, StringComparison.OrdinalIgnoreCase) => [$"{exception.Message} {inner.Message}"],
        _ => [exception.Message],
    };
}
