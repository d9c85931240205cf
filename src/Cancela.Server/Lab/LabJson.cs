using System.Text.Json.Serialization;

namespace Cancela.Server.Lab;

/// <summary>The report as a file: <c>snake_case</c>, strict, source-generated.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LabReport))]
internal sealed partial class LabJson : JsonSerializerContext;
