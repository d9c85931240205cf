using Cancela.Sql;
using Cancela.Tokens;

namespace Cancela.Secrets;

/// <summary>
/// Reads the keys' rows into a ring. What did not change stays the same object: the memory of verified tokens asks whether
/// the ring holds the very key, and a key that was unwrapped once is not unwrapped again every few seconds.
/// </summary>
internal sealed class StoredKeyReader(Database database, RootSecret secret, OtherSecrets others)
{
    private readonly KeyWrap _wrap = new(secret.Bytes);
    private readonly KeyWrap[] _others = [.. others.All.Select(static other => new KeyWrap(other.Bytes))];
    private volatile Reading? _last;

    /// <summary>What was read last: the rows, and the ring that they make.</summary>
    private sealed record Reading(List<StoredKey> Rows, KeyRing Ring);

    public byte[] Wrap(SigningKey key) => _wrap.Wrap(key);

    /// <summary>The ring; <see langword="null"/> where no key is left that verifies.</summary>
    /// <exception cref="InvalidOperationException">A key was encrypted under another secret.</exception>
    public async Task<KeyRing?> ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await database.ReadAllAsync(
            new($"SELECT {StoredKey.Columns}, material FROM cancela_keys ORDER BY created_at DESC, kid"),
            static row => (Key: StoredKey.Read(row), Material: row.GetFieldValue<byte[]>(4)), cancellationToken);
        var stored = rows.ConvertAll(static row => row.Key);
        var last = _last;
        if (last is not null && last.Rows.SequenceEqual(stored)) return last.Ring;

        var verifying = rows.Where(static row => row.Key.RetiredAt is null).Select(row => Known(last, row.Key) ?? Unwrap(row.Key, row.Material)).ToList();
        if (verifying.Count == 0) return null;
        var ring = new KeyRing(verifying, stored.Where(static key => key.RetiredAt is not null).Select(static key => key.KeyId));
        _last = new Reading(stored, ring);
        return ring;
    }

    private static SigningKey? Known(Reading? last, StoredKey row) =>
        last?.Ring.Verifying.FirstOrDefault(key => key.KeyId == row.KeyId && key.Algorithm == row.Algorithm && key.CreatedAt == row.CreatedAt);

    /// <summary>Encrypts under the present secret what lies encrypted under another one. Returns how many keys that were.</summary>
    public async Task<int> RewrapAsync(CancellationToken cancellationToken)
    {
        var rows = await database.ReadAllAsync(
            new($"SELECT {StoredKey.Columns}, material FROM cancela_keys WHERE retired_at IS NULL"),
            static row => (Key: StoredKey.Read(row), Material: row.GetFieldValue<byte[]>(4)), cancellationToken);
        var rewrapped = 0;
        foreach (var (row, material) in rows)
        {
            if (_wrap.TryUnwrap(row.KeyId, row.Algorithm, material, row.CreatedAt, out _)) continue;
            rewrapped += await database.WriteAsync(
                new("UPDATE cancela_keys SET material = @new WHERE kid = @kid AND material = @old",
                    ("new", _wrap.Wrap(Unwrap(row, material))), ("kid", row.KeyId), ("old", material)), cancellationToken);
        }
        return rewrapped;
    }

    private SigningKey Unwrap(StoredKey row, byte[] material)
    {
        if (_wrap.TryUnwrap(row.KeyId, row.Algorithm, material, row.CreatedAt, out var key)) return key;
        foreach (var other in _others)
            if (other.TryUnwrap(row.KeyId, row.Algorithm, material, row.CreatedAt, out key)) return key;
        throw new InvalidOperationException(
            $"The signing key {row.KeyId} in the database was encrypted under another Cancela:Signing:Secret. Configure that secret again (Development's is in "
            + "data/signing-secret), name it in Cancela:Signing:OtherSecrets, or delete the rows of cancela_keys: everything that the keys signed then stops counting.");
    }
}
