namespace Cancela.Tokens;

/// <summary>The names of claims as numbers: their letters, one byte each.</summary>
internal static class ClaimName
{
    public const ulong Issuer = ('i' << 16) | ('s' << 8) | 's';
    public const ulong Audience = ('a' << 16) | ('u' << 8) | 'd';
    public const ulong Subject = ('s' << 16) | ('u' << 8) | 'b';
    public const ulong SessionId = ('s' << 16) | ('i' << 8) | 'd';
    public const ulong TokenId = ('j' << 16) | ('t' << 8) | 'i';
    public const ulong Version = ('v' << 16) | ('e' << 8) | 'r';
    public const ulong Generation = ('g' << 16) | ('e' << 8) | 'n';
    public const ulong IssuedAt = ('i' << 16) | ('a' << 8) | 't';
    public const ulong NotBefore = ('n' << 16) | ('b' << 8) | 'f';
    public const ulong ExpiresAt = ('e' << 16) | ('x' << 8) | 'p';
    public const ulong Methods = ('a' << 16) | ('m' << 8) | 'r';
    public const ulong Type = ((ulong)'t' << 24) | ('y' << 16) | ('p' << 8) | 'e';
    public const ulong Role = ((ulong)'r' << 24) | ('o' << 16) | ('l' << 8) | 'e';
    public const ulong Email = ((ulong)'e' << 32) | ((ulong)'m' << 24) | ('a' << 16) | ('i' << 8) | 'l';
    public const ulong Scope = ((ulong)'s' << 32) | ((ulong)'c' << 24) | ('o' << 16) | ('p' << 8) | 'e';

    /// <summary>A name of more than eight letters.</summary>
    public const ulong Long = ulong.MaxValue;
}
