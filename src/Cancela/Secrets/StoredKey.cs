using Cancela.Tokens;

namespace Cancela.Secrets;

/// <summary>A signing key as the database has it, without its material.</summary>
/// <param name="KeyId">Header <c>kid</c> of what it signs.</param>
/// <param name="Algorithm">What it signs with.</param>
/// <param name="CreatedAt">The newest that is not retired signs.</param>
/// <param name="RetiredAt">Since when it verifies nothing; <see langword="null"/> while it does.</param>
internal sealed record StoredKey(string KeyId, SigningAlgorithm Algorithm, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt);
