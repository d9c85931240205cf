using System.Text;
using System.Text.Json;
using Cancela.Tests.House;
using Cancela.Tokens;
using Xunit;

namespace Cancela.Tests.Tokens;

public sealed class Wycheproof_signatures
{
    private const string File = "wycheproof/json_web_signature_test.json";

    // Valid by the vectors and refused by us. Algorithms that we do not have: RS384, RS512, PS384, PS512 and ES512. Two
    // keys say PS256 while the token says PS384 (346, 350). And two tokens have a question mark inside a part, which the
    // vectors let pass and RFC 7515 section 5.2 does not ("or other additional characters").
    private static readonly HashSet<int> ValidButUnsupported =
        [264, 265, 266, 267, 268, 269, 270, 271, 320, 321, 322, 323, 325, 326, 327, 328, 346, 347, 350, 351];

    private static readonly HashSet<int> ValidButNotStrict = [372, 373];

    // Invalid by the vectors ("invalidBase64Padding"), but the padding is not there: byte for byte they are case 357, which is valid.
    private static readonly HashSet<int> InvalidButTheSameAsValid = [367, 370];

    [Fact]
    public void All_401_cases_end_as_expected()
    {
        var path = FindVectors();
        Assert.SkipWhen(path is null, "The Wycheproof vectors are not here: set CANCELA_VECTORS to their folder.");
        using var vectors = JsonDocument.Parse(System.IO.File.ReadAllBytes(path!));
        var (total, surprises, valid357) = (0, new List<string>(), "");
        foreach (var group in vectors.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var key = KeyOf(group);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                total++;
                var id = test.GetProperty("tcId").GetInt32();
                var jws = test.GetProperty("jws").GetString()!;
                if (id == 357) valid357 = jws;
                if (InvalidButTheSameAsValid.Contains(id)) Assert.Equal(valid357, jws);
                var expected = Expected(id, test.GetProperty("result").GetString() == "valid");
                var accepted = key is not null && JsonWebSignature.TryVerify(jws, key, out _);
                if (accepted != expected) surprises.Add($"{id} {test.GetProperty("comment").GetString()}: accepted is {accepted}");
            }
        }
        var line = $"Wycheproof JSON Web Signature: {total - surprises.Count} of {total} as expected";
        Console.WriteLine(line);
        Assert.Empty(surprises);
        Assert.Equal("Wycheproof JSON Web Signature: 401 of 401 as expected", line);
    }

    private static bool Expected(int id, bool valid) => valid
        ? !ValidButUnsupported.Contains(id) && !ValidButNotStrict.Contains(id)
        : InvalidButTheSameAsValid.Contains(id);

    private static SigningKey? KeyOf(JsonElement group)
    {
        if (group.TryGetProperty("private", out var secret) && secret.GetProperty("kty").GetString() == "oct")
            return SigningKey.FromSecret(System.Buffers.Text.Base64Url.DecodeFromChars(secret.GetProperty("k").GetString()), default);
        var jwk = Encoding.UTF8.GetBytes(group.GetProperty("public").GetRawText());
        return SigningKey.TryFromJwk(jwk, default, out var key, out _) ? key : null;
    }

    private static string? FindVectors()
    {
        string[] folders = [Environment.GetEnvironmentVariable("CANCELA_VECTORS") ?? "", Path.Combine(Repository.Root, "..", "shared", "vectors")];
        return folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, File)).FirstOrDefault(System.IO.File.Exists);
    }
}
