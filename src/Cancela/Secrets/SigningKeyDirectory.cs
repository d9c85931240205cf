using System.Collections.Concurrent;
using System.Data.Common;
using Cancela.Audit;
using Cancela.Revocation;
using Cancela.Sql;
using Cancela.Tokens;

namespace Cancela.Secrets;

/// <summary>
/// The signing keys of the deployment, in its database, encrypted under the root secret. Rotation adds a key, which signs
/// from then on while the older ones go on verifying; retirement ends one at once, on every node, through the revocation log.
/// </summary>
internal sealed class SigningKeyDirectory(
    Database database, RevocationLog revocations, AuditLog audit, RootSecret secret, SigningOptions options, TimeSpan longestLifetime, TimeProvider clock)
{
    private readonly KeyWrap _wrap = new(secret.Bytes);

    // Read again and again, a key stays the object that it was: what was verified with it goes on being remembered.
    private readonly ConcurrentDictionary<string, (byte[] Material, SigningKey Key)> _unwrapped = new(StringComparer.Ordinal);

    /// <summary>The ring as the database has it now; the first key is made where there is none.</summary>
    /// <exception cref="InvalidOperationException">Keys were encrypted under another secret.</exception>
    public async Task<KeyRing> LoadAsync(CancellationToken cancellationToken)
    {
        var ring = await ReadAsync(cancellationToken);
        if (ring is not null && ring.Signing.Algorithm == options.Algorithm) return ring;
        await AddAsync(FirstKey(hasOthers: ring is not null), ClientInfo.None, cancellationToken);
        return await ReadAsync(cancellationToken) ?? throw new InvalidOperationException("The signing key just made is not in the database.");
    }

    public Task<List<StoredKey>> ListAsync(CancellationToken cancellationToken) => database.ReadAllAsync(
        new("SELECT kid, algorithm, created_at, retired_at FROM cancela_keys ORDER BY created_at DESC, kid"),
        static row => new StoredKey(
            row.GetString(0), Enum.Parse<SigningAlgorithm>(row.GetString(1)), row.GetFieldValue<DateTimeOffset>(2),
            row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3)),
        cancellationToken);

    /// <summary>Makes a key that signs from now on. What the others signed goes on counting until it expires.</summary>
    public async Task<SigningKey> RotateAsync(ClientInfo client, CancellationToken cancellationToken)
    {
        var key = SigningKey.Generate(options.Algorithm, clock.GetUtcNow());
        await AddAsync(key, client, cancellationToken);
        return key;
    }

    /// <summary>Retires a key: nothing that it signed counts any longer.</summary>
    public Task<Retirement> RetireAsync(string keyId, ClientInfo client, CancellationToken cancellationToken) =>
        database.TransactAsync(async transaction =>
        {
            var keys = await transaction.AllAsync(
                new("SELECT kid, retired_at IS NOT NULL FROM cancela_keys ORDER BY created_at DESC, kid"),
                static row => (Id: row.GetString(0), Retired: row.GetBoolean(1)));
            if (keys.All(key => key.Id != keyId)) return Retirement.Unknown;
            if (keys.Single(key => key.Id == keyId).Retired) return Retirement.AlreadyRetired;
            if (keys.First(key => !key.Retired).Id == keyId) return Retirement.StillSigning;
            var now = clock.GetUtcNow();
            await transaction.RunAsync(new("UPDATE cancela_keys SET retired_at = @now WHERE kid = @kid", ("now", now), ("kid", keyId)));
            await revocations.AppendAsync(transaction, new RevocationEntry.KeyRetired(keyId, now + longestLifetime));
            await audit.AppendAsync(transaction, new(AuditEvents.KeyRetired, AuditEvent.Success, Method: keyId), client);
            return Retirement.Retired;
        }, cancellationToken);

    // The configured secret is the first HS256 key itself, so that another service that was given it can verify. A ring
    // that had another algorithm goes on with a new key: a change of the setting rotates.
    private SigningKey FirstKey(bool hasOthers) => options.Algorithm == SigningAlgorithm.HS256 && !hasOthers
        ? SigningKey.FromSecret(secret.Bytes, clock.GetUtcNow())
        : SigningKey.Generate(options.Algorithm, clock.GetUtcNow());

    private Task<bool> AddAsync(SigningKey key, ClientInfo client, CancellationToken cancellationToken) =>
        database.TransactAsync(async transaction =>
        {
            // Of two nodes that make the first key at once, both derive the same name from the same secret.
            var added = await transaction.RunAsync(new(
                "INSERT INTO cancela_keys (kid, algorithm, material, created_at) VALUES (@kid, @algorithm, @material, @now) ON CONFLICT (kid) DO NOTHING",
                ("kid", key.KeyId), ("algorithm", key.Algorithm.ToString()), ("material", _wrap.Wrap(key)), ("now", key.CreatedAt)));
            if (added > 0) await audit.AppendAsync(transaction, new(AuditEvents.KeyRotated, AuditEvent.Success, Method: key.KeyId), client);
            return added > 0;
        }, cancellationToken);

    private async Task<KeyRing?> ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await database.ReadAllAsync(
            new("SELECT kid, algorithm, created_at, retired_at IS NOT NULL, material FROM cancela_keys"),
            static row => new Row(
                row.GetString(0), Enum.Parse<SigningAlgorithm>(row.GetString(1)), row.GetFieldValue<DateTimeOffset>(2), row.GetBoolean(3), Bytes(row, 4)),
            cancellationToken);
        var alive = rows.Where(static row => !row.Retired).Select(Unwrap).ToList();
        return alive.Count == 0 ? null : new KeyRing(alive, rows.Where(static row => row.Retired).Select(static row => row.KeyId));
    }

    private SigningKey Unwrap(Row row)
    {
        if (_unwrapped.TryGetValue(row.KeyId, out var known) && known.Material.AsSpan().SequenceEqual(row.Material)) return known.Key;
        var key = UnwrapAfresh(row);
        _unwrapped[row.KeyId] = (row.Material, key);
        return key;
    }

    private SigningKey UnwrapAfresh(Row row) => _wrap.TryUnwrap(row.KeyId, row.Algorithm, row.Material, row.CreatedAt, out var key)
        ? key
        : throw new InvalidOperationException(
            $"The signing key {row.KeyId} in the database was encrypted under another Cancela:Signing:Secret. Configure that secret again, or delete the row "
            + "from cancela_keys: everything that the key signed then stops counting.");

    private static byte[] Bytes(DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    private sealed record Row(string KeyId, SigningAlgorithm Algorithm, DateTimeOffset CreatedAt, bool Retired, byte[] Material);
}
