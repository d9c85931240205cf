using Cancela.Credentials.Passwords.Argon2;

namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>
/// bcrypt: <c>$2b$&lt;cost&gt;$&lt;salt&gt;&lt;tag&gt;</c>, 22 and 31 characters of an alphabet of its own. <c>$2a$</c> and <c>$2y$</c> are the same
/// for every password that is UTF-8; <c>$2x$</c> marks hashes of a broken implementation, and is not read.
/// </summary>
internal sealed class BcryptHash : ForeignHash
{
    public const string Prefix = "$2";

    // Doubles with each: 15 takes two seconds.
    private const int LeastCost = 4, MostCost = 15;
    private const int Length = 60, SaltAt = 7, SaltCharacters = 22, SaltBytes = 16;
    private const string Alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly int _cost;
    private readonly byte[] _salt;

    private BcryptHash(int cost, byte[] salt, byte[] tag) : base(tag) => (_cost, _salt) = (cost, salt);

    public override string Name => "bcrypt";

    public static new BcryptHash? Parse(string text)
    {
        if (text.Length != Length || text[2] is not ('a' or 'b' or 'y') || text[3] != '$' || text[6] != '$') return null;
        if (!char.IsAsciiDigit(text[4]) || !char.IsAsciiDigit(text[5])) return null;
        var cost = ((text[4] - '0') * 10) + (text[5] - '0');
        if (cost is < LeastCost or > MostCost) return null;
        // The last character of the salt has four bits too many: some libraries put random ones there, and all ignore them.
        if (Bytes(text.AsSpan(SaltAt, SaltCharacters), SaltBytes) is not { } salt) return null;
        return Bytes(text.AsSpan(SaltAt + SaltCharacters), Bcrypt.TagBytes) is { } tag ? new BcryptHash(cost, salt, tag) : null;
    }

    protected override void Compute(ReadOnlySpan<byte> password, Span<byte> computed, Argon2Memory memory) =>
        Bcrypt.Hash(_cost, password, _salt, computed);

    private static byte[]? Bytes(ReadOnlySpan<char> text, int count)
    {
        var bytes = new byte[count];
        int bits = 0, held = 0, at = 0;
        foreach (var character in text)
        {
            var value = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (value < 0) return null;
            held = ((held << 6) | value) & 0xFFFF;
            bits += 6;
            if (bits < 8 || at == count) continue;
            bits -= 8;
            bytes[at++] = (byte)(held >> bits);
        }
        return bytes;
    }
}
