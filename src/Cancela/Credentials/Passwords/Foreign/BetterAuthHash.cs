using System.Text;
using Cancela.Credentials.Passwords.Argon2;

namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>better-auth: <c>&lt;salt&gt;:&lt;key&gt;</c> in hexadecimal, scrypt with N = 16384, r = 16, p = 1. The salt is hashed as the text that it is.</summary>
internal sealed class BetterAuthHash : ForeignHash
{
    public const char Separator = ':';
    private const int KeyBytes = 64;

    private static readonly ScryptCosts Costs = new(LogN: 14, BlockSize: 16, Parallelism: 1);

    private readonly byte[] _salt;

    private BetterAuthHash(byte[] salt, byte[] key) : base(key) => _salt = salt;

    public override string Name => "scrypt of better-auth";

    public override PasswordForm Form => PasswordForm.Compatible;

    public static new BetterAuthHash? Parse(string text)
    {
        if (text.Split(Separator) is not [var salt, var key16]) return null;
        if (Spelling.Hex(salt) is not { Length: >= 8 and <= 64 } || Spelling.Hex(key16) is not { Length: KeyBytes } key) return null;
        return new BetterAuthHash(Encoding.ASCII.GetBytes(salt), key);
    }

    protected override void Compute(ReadOnlySpan<byte> password, Span<byte> computed, Argon2Memory memory) =>
        Scrypt.Derive(Costs, password, _salt, computed, memory);
}
