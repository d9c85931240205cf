using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cancela.Server.Import;

/// <summary>Which lines were refused, and why: one JSON object for each fault. There is no file where there is none.</summary>
internal sealed class RefusalReport : IAsyncDisposable
{
    // For people's eyes and for jq, not for a page.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _path;
    private FileStream? _file;

    /// <param name="path">What an earlier run wrote there goes.</param>
    public RefusalReport(string path)
    {
        _path = path;
        File.Delete(path);
    }

    public async Task AddAsync(long line, IEnumerable<LineFault> faults, CancellationToken cancellationToken)
    {
        _file ??= new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.Read);
        foreach (var fault in faults)
        {
            await using (var json = new Utf8JsonWriter(_file, Plain))
            {
                json.WriteStartObject();
                json.WriteNumber("line", line);
                if (fault.Field is not null) json.WriteString("field", fault.Field);
                json.WriteString("reason", fault.Reason);
                json.WriteEndObject();
                await json.FlushAsync(cancellationToken);
            }
            _file.WriteByte((byte)'\n');
        }
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;
}
