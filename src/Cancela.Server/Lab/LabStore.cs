using System.Security.Cryptography;
using System.Text;

namespace Cancela.Server.Lab;

/// <summary>
/// Where the servers under test keep what they know: beside the deployment's own database and its own Redis, on the same disk
/// and the same servers, and in nothing of theirs. It is empty at first and gone afterwards, also what a killed run left.
/// </summary>
internal abstract class LabStore : IAsyncDisposable
{
    /// <summary>What Redis' keys begin with, and what files and schemas are called.</summary>
    protected const string Name = "cancela-lab";

    protected const string InUse = "Another lab is running on this database: two at once would measure each other.";

    private LabRedis? _redis;

    /// <summary>How the report calls the database.</summary>
    public abstract string Database { get; }

    /// <summary>Its version.</summary>
    public abstract string DatabaseVersion { get; }

    /// <summary>Whether another node learns of a revocation from it.</summary>
    public abstract bool HasSeveralNodes { get; }

    /// <summary>The version of Redis; null without one.</summary>
    public string? RedisVersion => _redis?.Version;

    /// <summary>Tells one deployment's lab from another's that uses the same Redis.</summary>
    protected abstract string Identity { get; }

    public static LabStore Of(ServerSettings settings)
    {
        LabStore store = settings.Database switch
        {
            DatabaseAddress.Sqlite(var file) => new SqliteLabStore(file),
            DatabaseAddress.Postgres(var connectionString) => new PostgresLabStore(connectionString),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (settings.Redis is { } redis)
            store._redis = new LabRedis(redis, $"{Name}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(store.Identity)).AsSpan(0, 4))}:");
        return store;
    }

    /// <summary>Whether somebody has an account in the deployment's own database: then a load beside it may be felt.</summary>
    public abstract Task<bool> HasAccountsAsync(CancellationToken cancellationToken);

    /// <summary>Makes a place for each of the profiles, and removes what a former run left.</summary>
    /// <exception cref="InvalidOperationException">Another lab is running on it, or there may be no such place.</exception>
    public async Task PrepareAsync(IReadOnlyList<string> profiles, CancellationToken cancellationToken)
    {
        await MakeAsync(profiles, cancellationToken);
        if (_redis is not null) await _redis.PrepareAsync(cancellationToken);
    }

    /// <summary>The settings with which a server finds its place.</summary>
    public IReadOnlyDictionary<string, string> SettingsOf(string profile)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Cancela:Database"] = AddressOf(profile) };
        if (_redis is not null) settings["Cancela:Redis"] = _redis.AddressOf(profile);
        return settings;
    }

    /// <summary>Removes all of it.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await RemoveAsync();
        }
        finally
        {
            if (_redis is not null) await _redis.DisposeAsync();
            GC.SuppressFinalize(this);
        }
    }

    protected abstract Task MakeAsync(IReadOnlyList<string> profiles, CancellationToken cancellationToken);

    protected abstract string AddressOf(string profile);

    protected abstract Task RemoveAsync();
}
