using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Cancela.Server.Advice;

/// <summary>The answer for programs: <c>snake_case</c>, source-generated.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(AdviceReport))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class AdviceJson : JsonSerializerContext
{
    /// <summary>Goes to a terminal and into files, never into a page: letters stay letters.</summary>
    public static AdviceJson Readable => Relaxed.Json;

    // After the context's own statics, whose order among those of two files nobody promises.
    private static class Relaxed
    {
        public static readonly AdviceJson Json = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
