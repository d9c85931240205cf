using System.Text.Json;

namespace Cancela.Tokens;

/// <summary>One key's arithmetic: it signs and verifies bytes, and knows nothing of tokens. Safe for use by many threads.</summary>
internal abstract class SignatureScheme : IDisposable
{
    /// <summary>The one algorithm that the key may be used with.</summary>
    public abstract SigningAlgorithm Algorithm { get; }

    /// <summary>The exact length of a signature in bytes.</summary>
    public abstract int SignatureLength { get; }

    /// <summary>Whether the private half (or the secret) is here.</summary>
    public virtual bool CanSign => false;

    public abstract bool Verify(ReadOnlySpan<byte> input, ReadOnlySpan<byte> signature);

    /// <summary>Writes <see cref="SignatureLength"/> bytes.</summary>
    public virtual void Sign(ReadOnlySpan<byte> input, Span<byte> signature) => throw VerifyOnly();

    /// <summary>The secret's bytes, or the private key as PKCS#8.</summary>
    public virtual byte[] ExportMaterial() => throw VerifyOnly();

    /// <summary>The name that the key has everywhere: the same key has the same name on every node.</summary>
    public abstract string DeriveKeyId();

    /// <summary>Writes the members of the public key's JWK (RFC 7517); false, and nothing written, where there is no public half.</summary>
    public virtual bool TryWriteJwkMembers(Utf8JsonWriter json) => false;

    public abstract void Dispose();

    private InvalidOperationException VerifyOnly() => new($"This {Algorithm} key only verifies: its private half is not here.");
}
