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
    Database database, RevocationLog revocations, AuditLog audit, RootSecret secret, OtherSecrets others, SigningOptions options, TimeSpan longestLifetime, TimeProvider clock)
{
    // For nodes that go on signing with the old key because they could not read the new one, and for clocks that disagree.
    private static readonly TimeSpan OverlapMargin = TimeSpan.FromDays(1);

    // Nodes that run hear of a key within milliseconds, those that start read them all.
    private static readonly TimeSpan Announced = TimeSpan.FromHours(1);

    private readonly StoredKeyReader _reader = new(database, secret, others);

    /// <summary>
    /// The ring to start with. The first key is made where there is none, and a key of the configured algorithm where
    /// another one signed so far: a change of the setting rotates.
    /// </summary>
    /// <exception cref="InvalidOperationException">Keys were encrypted under another secret.</exception>
    public async Task<KeyRing> LoadAsync(CancellationToken cancellationToken)
    {
        var ring = await _reader.ReadAsync(cancellationToken);
        if (ring is not null && ring.Signing.Algorithm == options.Algorithm) return ring;
        await AddMissingAsync(cancellationToken);
        return await ReloadAsync(cancellationToken);
    }

    /// <summary>
    /// The ring as the database has it now: the same object while nothing changed, the same keys where a row did not. Makes
    /// no key, so that nodes configured differently during a roll-out do not rotate against each other.
    /// </summary>
    /// <exception cref="InvalidOperationException">Keys were encrypted under another secret, or there is none that signs.</exception>
    public async Task<KeyRing> ReloadAsync(CancellationToken cancellationToken) =>
        await _reader.ReadAsync(cancellationToken) ?? throw new InvalidOperationException("There is no signing key in the database.");

    /// <summary>Encrypts under the present secret what lies encrypted under another one. Returns how many keys that were.</summary>
    /// <exception cref="InvalidOperationException">A key was encrypted under a secret that is not configured.</exception>
    public Task<int> RewrapAsync(CancellationToken cancellationToken) => _reader.RewrapAsync(cancellationToken);

    /// <summary>
    /// The signing keys that are another secret themselves: the first HS256 key is. Whoever kept that secret signs with it until the key
    /// is retired, whatever it lies encrypted under.
    /// </summary>
    public async Task<List<StoredKey>> MadeOfOthersAsync(CancellationToken cancellationToken)
    {
        var made = others.All.Select(other => SigningKey.FromSecret(other.Bytes, clock.GetUtcNow()).KeyId).ToHashSet(StringComparer.Ordinal);
        return (await ListAsync(cancellationToken)).FindAll(key => key.RetiredAt is null && made.Contains(key.KeyId));
    }

    public Task<List<StoredKey>> ListAsync(CancellationToken cancellationToken) => database.ReadAllAsync(
        new($"SELECT {StoredKey.Columns} FROM cancela_keys ORDER BY created_at DESC, kid"), StoredKey.Read, cancellationToken);

    /// <summary>Makes a key that signs from now on. What the others signed goes on counting until it expires.</summary>
    /// <exception cref="InvalidOperationException">Keys were encrypted under another secret: nobody else could read a new one under this.</exception>
    public async Task<SigningKey> RotateAsync(ClientInfo client, CancellationToken cancellationToken)
    {
        await _reader.ReadAsync(cancellationToken);
        return await database.TransactAsync(async transaction =>
        {
            await transaction.AloneAsync();
            // The algorithm is the one in use: a command line without the server's settings must not change it by the way.
            var newest = (await ListAsync(transaction)).Find(static key => key.RetiredAt is null);
            var key = SigningKey.Generate(newest?.Algorithm ?? options.Algorithm, After(newest));
            await AddAsync(transaction, key, client);
            return key;
        }, cancellationToken);
    }

    // The newest key signs: a clock that runs behind the one that made the last key must not make one that never does.
    private DateTimeOffset After(StoredKey? newest)
    {
        var now = clock.GetUtcNow();
        return newest is null || newest.CreatedAt < now ? now : newest.CreatedAt + TimeSpan.FromMilliseconds(1);
    }

    /// <summary>Retires a key: nothing that it signed counts any longer.</summary>
    public Task<Retirement> RetireAsync(string keyId, ClientInfo client, CancellationToken cancellationToken) =>
        database.TransactAsync(async transaction =>
        {
            await transaction.AloneAsync();
            var keys = await ListAsync(transaction);
            if (keys.Find(key => key.KeyId == keyId) is not { } found) return Retirement.Unknown;
            if (found.RetiredAt is not null) return Retirement.AlreadyRetired;
            if (found == keys.Find(static key => key.RetiredAt is null)) return Retirement.StillSigning;

            var now = clock.GetUtcNow();
            await transaction.RunAsync(new("UPDATE cancela_keys SET retired_at = @now WHERE kid = @kid", ("now", now), ("kid", keyId)));
            revocations.Append(transaction, new RevocationEntry.KeyRetired(keyId, now + longestLifetime));
            audit.Append(transaction, new(AuditEvents.KeyRetired, AuditEvent.Success, Method: keyId), client);
            return Retirement.Retired;
        }, cancellationToken);

    /// <summary>Deletes the keys whose last token expired: those long succeeded by another, and those long retired.</summary>
    public Task<int> SweepAsync(CancellationToken cancellationToken) =>
        database.TransactAsync(async transaction =>
        {
            var before = clock.GetUtcNow() - longestLifetime - OverlapMargin;
            var outlived = OutlivedBy(await ListAsync(transaction), before);
            foreach (var key in outlived) await transaction.RunAsync(new("DELETE FROM cancela_keys WHERE kid = @kid", ("kid", key.KeyId)));
            return outlived.Count;
        }, cancellationToken);

    // A key signs until the next one is made. The newest has no successor: it is never among them.
    private static List<StoredKey> OutlivedBy(List<StoredKey> newestFirst, DateTimeOffset before)
    {
        var outlived = new List<StoredKey>();
        DateTimeOffset? succeededAt = null;
        foreach (var key in newestFirst)
        {
            if ((key.RetiredAt ?? succeededAt) < before) outlived.Add(key);
            if (key.RetiredAt is null) succeededAt = key.CreatedAt;
        }
        return outlived;
    }

    // The configured secret is the first HS256 key itself, so that another service that was given it can verify.
    private SigningKey FirstKey(bool hasOthers) => options.Algorithm == SigningAlgorithm.HS256 && !hasOthers
        ? SigningKey.FromSecret(secret.Bytes, clock.GetUtcNow())
        : SigningKey.Generate(options.Algorithm, clock.GetUtcNow());

    // Nodes that start at once take turns, and only the first makes a key: another one would sign what that node does not know.
    private Task<bool> AddMissingAsync(CancellationToken cancellationToken) =>
        database.TransactAsync(async transaction =>
        {
            await transaction.AloneAsync();
            var keys = await ListAsync(transaction);
            var signing = keys.Find(static key => key.RetiredAt is null);
            return signing?.Algorithm != options.Algorithm && await AddAsync(transaction, FirstKey(hasOthers: keys.Count > 0), ClientInfo.None);
        }, cancellationToken);

    private async Task<bool> AddAsync(Transaction transaction, SigningKey key, ClientInfo client)
    {
        var added = await transaction.RunAsync(new(
            "INSERT INTO cancela_keys (kid, algorithm, material, created_at) VALUES (@kid, @algorithm, @material, @now) ON CONFLICT (kid) DO NOTHING",
            ("kid", key.KeyId), ("algorithm", key.Algorithm.ToString()), ("material", _reader.Wrap(key)), ("now", key.CreatedAt)));
        if (added == 0) return false;
        revocations.Append(transaction, new RevocationEntry.KeyMade(key.KeyId, clock.GetUtcNow() + Announced));
        audit.Append(transaction, new(AuditEvents.KeyRotated, AuditEvent.Success, Method: key.KeyId), client);
        return true;
    }

    private static Task<List<StoredKey>> ListAsync(Transaction transaction) =>
        transaction.AllAsync(new($"SELECT {StoredKey.Columns} FROM cancela_keys ORDER BY created_at DESC, kid"), StoredKey.Read);
}
