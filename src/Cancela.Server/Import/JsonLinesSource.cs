using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Cancela.Server.Import;

/// <summary>One JSON object a line. Empty lines are none.</summary>
internal sealed class JsonLinesSource(string path) : AccountSource(path)
{
    // A member that stands there twice has two meanings to two readers.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public override Task BeginAsync(CancellationToken cancellationToken) => Window.SkipMarkAsync(cancellationToken).AsTask();

    public override async IAsyncEnumerable<SourceLine> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = Window.Rest.IndexOf((byte)'\n');
            if (length < 0 && !Window.IsEnd && !Window.IsTooLong)
            {
                await Window.MoreAsync(cancellationToken);
                continue;
            }
            if (length < 0 && Window.Rest.IsEmpty && Window.IsEnd) yield break;
            var number = Window.Line;
            if (length > ByteWindow.MostBytes || (length < 0 && Window.IsTooLong))
            {
                await Window.SkipLineAsync(cancellationToken);
                yield return new SourceLine.Unreadable(number, new LineFault(null, $"The line is {TooLong}"));
                continue;
            }
            if (length < 0) length = Window.Rest.Length;
            var line = Window.Rest[..length].Trim(" \t\r"u8).ToArray();
            Window.Take(Math.Min(length + 1, Window.Rest.Length));
            if (line.Length > 0) yield return Read(number, line);
        }
    }

    private SourceLine Read(long number, byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return new SourceLine.Unreadable(number, new LineFault(null, "Not a JSON object"));
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!AccountField.IsKnown(member.Name)) Ignore(member.Name);
                else if (Text(member) is { } text) values.Add(member.Name, text);
                else return new SourceLine.Unreadable(number, new LineFault(member.Name, member.Name == AccountField.EmailVerified ? "Neither true nor false" : "Not a string"));
            }
            return new SourceLine.Fields(number, values);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is a string that is no UTF-8, or half a surrogate pair. Neither message is told: it may have part of the line in it.
            return new SourceLine.Unreadable(number, new LineFault(null, "Not a JSON object"));
        }
    }

    private static string? Text(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.String => member.Value.GetString(),
        JsonValueKind.Null => "",
        JsonValueKind.True or JsonValueKind.False when member.Name == AccountField.EmailVerified => member.Value.GetRawText(),
        _ => null,
    };
}
