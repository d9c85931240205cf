using Cancela.Audit;
using Cancela.Revocation;
using Cancela.Secrets;
using Cancela.Sql;
using Cancela.Tokens;

namespace Cancela.Tests.Secrets;

/// <summary>One node's keys, put together as the library does it.</summary>
internal sealed class KeyNode
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(8);

    public KeyNode(Database database, TimeProvider clock, RootSecret secret, SigningAlgorithm algorithm = SigningAlgorithm.HS256, params RootSecret[] others)
    {
        Log = new RevocationLog(database, Set, clock);
        Directory = new SigningKeyDirectory(
            database, Log, new AuditLog(database, clock), secret, new OtherSecrets(others), new SigningOptions { Algorithm = algorithm }, Longest, clock);
    }

    public RevocationSet Set { get; } = new();

    public RevocationLog Log { get; }

    public SigningKeyDirectory Directory { get; }

    public Task<KeyRing> LoadAsync() => Directory.LoadAsync(CancellationToken.None);

    public Task<KeyRing> ReloadAsync() => Directory.ReloadAsync(CancellationToken.None);

    public Task<SigningKey> RotateAsync() => Directory.RotateAsync(ClientInfo.None, CancellationToken.None);

    public Task<Retirement> RetireAsync(string keyId) => Directory.RetireAsync(keyId, ClientInfo.None, CancellationToken.None);

    public Task<int> SweepAsync() => Directory.SweepAsync(CancellationToken.None);

    public bool Refuses(string keyId) => Set.Find(Guid.Empty, Guid.Empty, 1, keyId) == RevocationVerdict.KeyRetired;
}
