using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cancela.Tokens;
using Xunit;

namespace Cancela.Tests.Tokens;

/// <summary>Our walk through an object against the framework's strict parser, over objects that were damaged at random.</summary>
public sealed class Strict_json
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 9 };

    private const string Sample =
        """{ "iss":"cancela","aud":["a","b"],"n":-1.5e3,"zero":0,"t":true,"f":false,"nul":null,"deep":{"a":[{"b":"\u00e9\\\""}]},"e":"","x":"ação","nums":[1,2],"s":"\/" }""";

    [Fact]
    public void It_accepts_what_the_framework_accepts_and_nothing_else()
    {
        var original = Encoding.UTF8.GetBytes(Sample);
        var spice = "{}[]\",:\\0123456789.eE+-tfn \n\u0001aéud"u8.ToArray();
        var accepted = 0;
        Assert.True(Walk(original));
        for (var round = 0; round < 200_000; round++)
        {
            var text = original.ToList();
            for (var edits = RandomNumberGenerator.GetInt32(1, 4); edits > 0; edits--)
            {
                var at = RandomNumberGenerator.GetInt32(text.Count);
                switch (RandomNumberGenerator.GetInt32(3))
                {
                    case 0: text[at] = spice[RandomNumberGenerator.GetInt32(spice.Length)]; break;
                    case 1: text.RemoveAt(at); break;
                    default: text.Insert(at, spice[RandomNumberGenerator.GetInt32(spice.Length)]); break;
                }
            }
            var bytes = text.ToArray();
            var expected = Reference(bytes);
            if (expected) accepted++;
            Assert.True(Walk(bytes) == expected, $"round {round}: framework says {expected}: {Encoding.UTF8.GetString(bytes)}");
        }
        Assert.InRange(accepted, 10_000, 190_000);
    }

    [Fact]
    public void It_gives_names_and_values_as_they_stand()
    {
        var found = new List<string>();
        var members = new JsonMembers(Encoding.UTF8.GetBytes(Sample));
        while (members.MoveNext()) found.Add($"{Encoding.UTF8.GetString(members.Name)}={Encoding.UTF8.GetString(members.Value)}");
        using var document = JsonDocument.Parse(Sample);
        Assert.Equal(document.RootElement.EnumerateObject().Select(member => $"{member.Name}={member.Value.GetRawText()}"), found);
    }

    [Fact]
    public void More_than_64_members_are_refused()
    {
        static byte[] Object(int count) => Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, count).Select(n => $"\"m{n}\":0")) + "}");
        Assert.True(Walk(Object(64)));
        Assert.False(Walk(Object(65)));
    }

    private static bool Walk(byte[] text)
    {
        var members = new JsonMembers(text);
        while (members.MoveNext())
        {
        }
        return members.IsWellFormed;
    }

    private static bool Reference(byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !System.Text.Unicode.Utf8.IsValid(text)) return false;
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
                // Two rules of ours that JSON does not have: no half surrogate pairs (reading them throws), no escapes in a member's name.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) _ = reader.GetString();
                if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1, ValueIsEscaped: true }) return false;
            }
            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
