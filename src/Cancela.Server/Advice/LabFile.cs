using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cancela.Server.Lab;

namespace Cancela.Server.Advice;

/// <summary>The lab's report, if there is one: figures of this machine beside the advice.</summary>
internal abstract record LabFile
{
    public const string Default = "cancela-lab.json";

    // A file that lacks a figure is told, and not read as zero.
    private static readonly JsonTypeInfo<LabReport> Strict = (JsonTypeInfo<LabReport>)new JsonSerializerOptions(LabJson.Default.Options)
    {
        RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true,
    }.GetTypeInfo(typeof(LabReport));

    private LabFile()
    {
    }

    /// <summary>Nobody measured here.</summary>
    public sealed record Absent : LabFile;

    public sealed record Measured(LabReport Report) : LabFile;

    public sealed record Unreadable(Sentence Why) : LabFile;

    /// <param name="named">The file that somebody named; <see langword="null"/>: the lab's own in this folder, where it is.</param>
    /// <param name="cancellationToken">Given up.</param>
    public static async Task<LabFile> ReadAsync(string? named, CancellationToken cancellationToken)
    {
        var file = named ?? Default;
        if (named is null && !File.Exists(file)) return new Absent();
        try
        {
            var text = await File.ReadAllBytesAsync(file, cancellationToken);
            // The version first: a shape that this program does not know need not be readable.
            using (var document = JsonDocument.Parse(text))
            {
                if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("version", out var version) || !version.TryGetInt32(out var number))
                    return NoReport(file);
                if (number != LabReport.Latest)
                    return new Unreadable(new(
                        $"{file} é da versão {number}; aqui se lê a {LabReport.Latest}: meça de novo com cancela lab.", $"{file} is of version {number}; this reads {LabReport.Latest}: measure again with cancela lab."));
            }
            return JsonSerializer.Deserialize(text, Strict) is { } report ? new Measured(report) : NoReport(file);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return NoReport(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Unreadable(new($"{file} não pode ser lido: {exception.Message}", $"{file} cannot be read: {exception.Message}"));
        }
    }

    private static Unreadable NoReport(string file) => new(new($"{file} não é um relatório do cancela lab.", $"{file} is no report of cancela lab."));
}
