using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cancela.Text;
using Xunit;

namespace Cancela.Tests.Text;

public class Normalization
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("\u1112\u1161", "\ud558")]
    [InlineData("\ud558\u11ab", "\ud55c")]
    [InlineData("\ud55c\u11ab", "\ud55c\u11ab")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("a\u0307\u0323", "\u1ea1\u0307")]
    [InlineData("\u1e9b\u0323", "\u1e9b\u0323")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\u0301e", "\u0301e")]
    [InlineData("e\u0301\u0301", "\u00e9\u0301")]
    [InlineData("\u09c7x\u09be", "\u09c7x\u09be")]
    [InlineData("\ud834\udd5e", "\ud834\udd57\ud834\udd65")]
    [InlineData("\ufb01", "\ufb01")]
    public void Form_C_is_reached(string text, string expected)
    {
        Assert.True(Nfc.TryNormalize(text, out var normalized));
        Assert.Equal(expected, normalized);
    }

    // Not a theory: an attribute's strings are stored as UTF-8, which knows no lone surrogates.
    [Fact]
    public void Half_a_surrogate_pair_is_no_text() => Assert.All(
        ["\ud83d", "\udc00 before", "after \ud83d", "reversed \udc22\ud83d"], text => Assert.False(Nfc.TryNormalize(text, out _)));

    [Fact]
    public void An_independent_implementation_agrees_on_every_character_and_on_random_sequences()
    {
        var texts = EveryCharacter().Concat(Enumerable.Range(0, 20_000).Select(_ => RandomText())).ToList();
        if (NodeNormalizes(texts) is not { } expected)
        {
            Assert.Skip("node is not installed.");
            return;
        }
        Assert.Equal(texts.Count, expected.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            Assert.True(Nfc.TryNormalize(texts[i], out var normalized));
            Assert.True(expected[i] == normalized, string.Join(' ', texts[i].Select(unit => ((int)unit).ToString("X4"))));
        }
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("n\u00ba 1\u00aa", "no 1a")]
    [InlineData("\ufb01m", "fim")]
    [InlineData("\uff33enha", "Senha")]
    [InlineData("\u1e9b\u0323", "\u1e69")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("\u00bd", "1\u20442")]
    [InlineData("\ud835\udc00", "A")]
    public void Form_KC_is_reached(string text, string expected)
    {
        Assert.True(Nfkc.TryNormalize(text, out var normalized));
        Assert.Equal(expected, normalized);
        Assert.False(Nfkc.TryNormalize(text + "\ud83d", out _));
    }

    [Fact]
    public void An_independent_implementation_agrees_on_form_KC_too()
    {
        var texts = Nfkc.Replacements.Keys.Select(char.ConvertFromUtf32).Concat(EveryCharacter()).Concat(Enumerable.Range(0, 10_000).Select(_ => RandomText(Stranger))).ToList();
        if (NodeNormalizes(texts, "NFKC") is not { } expected)
        {
            Assert.Skip("node is not installed.");
            return;
        }
        Assert.Equal(texts.Count, expected.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            Assert.True(Nfkc.TryNormalize(texts[i], out var normalized));
            // An older node knows fewer characters.
            if (expected[i] != texts[i]) Assert.True(expected[i] == normalized, string.Join(' ', texts[i].Select(unit => ((int)unit).ToString("X4"))));
        }
    }

    private static string Stranger() => char.ConvertFromUtf32(Strangers[RandomNumberGenerator.GetInt32(Strangers.Length)]);

    private static IEnumerable<string> EveryCharacter() =>
        NfcData.Decompositions.Keys.Concat(Enumerable.Range(0x20, 0x3000)).Concat(Enumerable.Range(0xAC00, 11_172))
            .Select(char.ConvertFromUtf32);

    // Letters and marks that decompose, compose and block each other.
    private static readonly int[] Pieces =
    [
        .. NfcData.Compositions.Keys.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct(),
        .. Enumerable.Range(0x0300, 0x70), .. "aeiouAEIOUcn",
    ];

    private static readonly int[] Wholes = [.. NfcData.Decompositions.Keys];

    private static readonly int[] Strangers = [.. Nfkc.Replacements.Keys];

    private static string RandomText(Func<string>? more = null)
    {
        var text = new StringBuilder();
        for (var i = RandomNumberGenerator.GetInt32(2, 12); i > 0; i--)
            text.Append(more?.Invoke()).Append(char.ConvertFromUtf32(RandomNumberGenerator.GetInt32(4) switch
            {
                0 => Wholes[RandomNumberGenerator.GetInt32(Wholes.Length)],
                1 => RandomNumberGenerator.GetInt32(0x0300, 0x0370),
                2 => RandomNumberGenerator.GetInt32(0x1100, 0x1200),
                _ => Pieces[RandomNumberGenerator.GetInt32(Pieces.Length)],
            }));
        return text.ToString();
    }

    private static List<string>? NodeNormalizes(List<string> texts, string form = "NFC")
    {
        const string script = """
            let input = ''; process.stdin.setEncoding('utf8'); process.stdin.on('data', piece => input += piece);
            process.stdin.on('end', () => process.stdout.write(JSON.stringify(JSON.parse(input).map(text => text.normalize(process.argv[1])))));
            """;
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node")
            {
                ArgumentList = { "-e", script, form },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                StandardOutputEncoding = Encoding.UTF8,
            })!;
            // JSON escapes all that is not ASCII: the pipe's encoding does not matter on the way in.
            node.StandardInput.Write(JsonSerializer.Serialize(texts));
            node.StandardInput.Close();
            return JsonSerializer.Deserialize<List<string>>(node.StandardOutput.ReadToEnd());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
