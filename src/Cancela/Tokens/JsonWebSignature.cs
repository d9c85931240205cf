using System.Diagnostics.CodeAnalysis;

namespace Cancela.Tokens;

/// <summary>
/// Verifies a JSON Web Signature (RFC 7515) with a key that the caller has chosen. It says who signed the bytes, and
/// nothing about what they mean: for tokens of one's own deployment the gate does all the rest.
/// </summary>
public static class JsonWebSignature
{
    /// <summary>
    /// Compact serialization only, at most 8 KiB, canonical base64url, a header without duplicate members, without
    /// <c>crit</c>, <c>b64</c> and <c>zip</c>, and whose <c>alg</c> is the key's. The key is the caller's choice: <c>kid</c>,
    /// <c>jku</c>, <c>jwk</c>, <c>x5u</c> and <c>x5c</c> have no part in it.
    /// </summary>
    /// <param name="compact">The three parts, joined by dots.</param>
    /// <param name="key">The key, which is pinned to one algorithm.</param>
    /// <param name="payload">The signed bytes, decoded; null when the signature does not hold.</param>
    /// <returns>Whether the key signed the payload. Nothing is thrown for any text.</returns>
    public static bool TryVerify(string? compact, SigningKey key, [NotNullWhen(true)] out byte[]? payload)
    {
        payload = null;
        Span<byte> buffer = stackalloc byte[CompactToken.MaximumLength];
        if (!CompactToken.TryCopy(compact, buffer, out var ascii) || !CompactToken.TrySplit(ascii, out var token)) return false;

        Span<byte> json = stackalloc byte[StrictBase64Url.DecodedLength(token.Header.Length)];
        if (!StrictBase64Url.TryDecode(token.Header, json, out var length)) return false;
        if (!JoseHeader.TryParse(json[..length], out var header) || !header.Names(key.Algorithm)) return false;

        if (!IsSignedBy(key, token)) return false;
        var bytes = new byte[StrictBase64Url.DecodedLength(token.Payload.Length)];
        if (!StrictBase64Url.TryDecode(token.Payload, bytes, out _)) return false;
        payload = bytes;
        return true;
    }

    internal static bool IsSignedBy(SigningKey key, CompactToken token)
    {
        if (StrictBase64Url.DecodedLength(token.Signature.Length) != key.SignatureLength) return false;
        Span<byte> signature = stackalloc byte[key.SignatureLength];
        return StrictBase64Url.TryDecode(token.Signature, signature, out _) && key.Verify(token.SigningInput, signature);
    }
}
