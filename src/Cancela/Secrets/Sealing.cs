using System.Diagnostics.CodeAnalysis;
using System.Text;
using Cancela.Tokens;

namespace Cancela.Secrets;

/// <summary>
/// Secrets of accounts as they lie in the database: sealed under a key that HKDF-SHA256 derives from the root secret for one purpose,
/// and for one account. A copy of the database alone opens nothing. What another of the configured secrets sealed opens too, and says so.
/// </summary>
internal sealed class Sealing
{
    // The present one first.
    private readonly SealedBox[] _boxes;

    /// <param name="secret">The deployment's.</param>
    /// <param name="others">Others that open too: the one before a rotation, or the one after it.</param>
    /// <param name="purpose">What is sealed: no two purposes share a key.</param>
    public Sealing(RootSecret secret, OtherSecrets others, string purpose) =>
        _boxes = [.. others.All.Prepend(secret).Select(one => new SealedBox(one.Derive($"cancela {purpose} at rest v1")))];

    /// <summary>What to store.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext, Guid owner) => _boxes[0].Seal(plaintext, AssociatedData(owner));

    /// <summary>The plaintext again; false when it was sealed under a secret that nobody named, for somebody else, or was changed.</summary>
    /// <param name="closed">As it was stored.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="plaintext">To be cleared after use.</param>
    /// <param name="byAnother">Whether another secret sealed it: seal it again.</param>
    public bool TryOpen(byte[] closed, Guid owner, [NotNullWhen(true)] out byte[]? plaintext, out bool byAnother)
    {
        (plaintext, byAnother) = (null, false);
        for (var i = 0; i < _boxes.Length; i++)
        {
            byAnother = i > 0;
            if (_boxes[i].TryOpen(closed, AssociatedData(owner), out plaintext)) return true;
        }
        return false;
    }

    private static byte[] AssociatedData(Guid owner) => Encoding.UTF8.GetBytes(owner.ToString());
}
