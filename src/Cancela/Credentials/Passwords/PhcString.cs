using System.Globalization;
using Cancela.Credentials.Passwords.Argon2;

namespace Cancela.Credentials.Passwords;

/// <summary>
/// A stored hash in the PHC string format: <c>$argon2id$v=19$m=19456,t=2,p=1$&lt;salt&gt;$&lt;tag&gt;</c>, base64 without padding.
/// Ours, or one of another system that has Argon2 too.
/// </summary>
internal sealed record PhcString(Argon2Parameters Parameters, byte[] Salt, byte[] Tag)
{
    private const int MaximumLength = 256;

    private static readonly string[] Algorithms = ["argon2d", "argon2i", "argon2id"];

    /// <summary>
    /// Reads one spelling only, within the caps: m at most 256 MiB, t and p at most 16, a salt of 8 to 64 bytes, a tag of 16 to 64.
    /// Whatever else stands in the column is null: whoever can write to it must not be able to stall the server.
    /// </summary>
    public static PhcString? Parse(string text)
    {
        if (text.Length > MaximumLength) return null;
        if (text.Split('$') is not ["", var algorithm, "v=19", var costs, var salt64, var tag64]) return null;
        if (Array.IndexOf(Algorithms, algorithm) is not (>= 0 and var type)) return null;
        if (costs.Split(',') is not [var m, var t, var p]) return null;
        if (Spelling.Number(m, "m=") is not { } memory || Spelling.Number(t, "t=") is not { } iterations || Spelling.Number(p, "p=") is not { } lanes) return null;
        var parameters = new Argon2Parameters(memory, iterations, lanes, (Argon2Type)type);
        if (!parameters.AreAllowed) return null;
        if (Spelling.UnpaddedBase64(salt64) is not { Length: >= 8 and <= 64 } salt || Spelling.UnpaddedBase64(tag64) is not { Length: >= 16 and <= 64 } tag) return null;
        return new PhcString(parameters, salt, tag);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"${Algorithms[(int)Parameters.Type]}$v={Argon2id.Version}$m={Parameters.MemoryKiB},t={Parameters.Iterations},p={Parameters.Parallelism}${Spelling.UnpaddedBase64(Salt)}${Spelling.UnpaddedBase64(Tag)}");
}
