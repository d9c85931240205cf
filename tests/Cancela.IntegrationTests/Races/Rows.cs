using Cancela.Caching;

namespace Cancela.IntegrationTests.Races;

/// <summary>The database as far as these races go: each member is one transaction.</summary>
internal sealed class Rows
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Digest, byte> _sessions = [];
    private int _version = 1;

    /// <summary>Of the account.</summary>
    public int Version
    {
        get
        {
            lock (_lock) return _version;
        }
    }

    public bool Has(Digest session)
    {
        lock (_lock) return _sessions.ContainsKey(session);
    }

    /// <summary>A session, as its copy would say it; <see langword="null"/>: there is none.</summary>
    public byte[]? Read(Digest session)
    {
        lock (_lock) return _sessions.TryGetValue(session, out var prolonged) ? [16, prolonged] : null;
    }

    /// <summary>Opens a session if the account has not moved on since the proof.</summary>
    public bool Open(Digest session, int version)
    {
        lock (_lock) return version == _version && _sessions.TryAdd(session, 0);
    }

    public bool Prolong(Digest session)
    {
        lock (_lock) return _sessions.TryGetValue(session, out var before) && (_sessions[session] = (byte)(before + 1)) > 0;
    }

    public void Delete(Digest session)
    {
        lock (_lock) _sessions.Remove(session);
    }

    /// <summary>Ends all sessions, and moves the account on so that no proof of before opens another one.</summary>
    public List<Digest> DeleteAll()
    {
        lock (_lock)
        {
            _version++;
            List<Digest> all = [.. _sessions.Keys];
            _sessions.Clear();
            return all;
        }
    }
}
