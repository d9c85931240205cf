using System.Text;
using System.Text.Json;

namespace Cancela.Faults;

/// <summary>A sign-in as its owner knows it: a cookie, or an access token and perhaps a refresh token. Only its visitor changes it.</summary>
internal sealed class Device(string strategy, Credential shown, Credential? refresh)
{
    private readonly List<Credential> _all = refresh is null ? [shown] : [shown, refresh];

    public string Strategy { get; } = strategy;

    /// <summary>What it shows with its requests.</summary>
    public Credential Shown { get; private set; } = shown;

    /// <summary>What it renews itself with.</summary>
    public Credential? Refresh { get; private set; } = refresh;

    /// <summary>Refresh tokens that gave way to others, the newest last.</summary>
    public List<Credential> Former { get; } = [];

    /// <summary>Everything that it was ever handed.</summary>
    public IReadOnlyList<Credential> All => _all;

    public IEnumerable<int> Numbers => _all.Select(static credential => credential.Number);

    /// <summary>What stops counting when the account moves on, though the sign-in itself goes on.</summary>
    public IEnumerable<int> BoundToVersion => Strategy switch
    {
        "session" => [],
        // Its refresh may not read the account: it asks to sign in again.
        "refresh-denylist" => Numbers,
        _ => _all.Where(static credential => credential.Kind != CredentialKind.Refresh).Select(static credential => credential.Number),
    };

    /// <summary>The <c>sid</c> of its access token; null where it has none.</summary>
    public string? SessionId
    {
        get
        {
            var parts = Shown.Value.Split('.');
            if (parts.Length != 3) return null;
            var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
            return JsonDocument.Parse(payload).RootElement.GetProperty("sid").GetString();
        }
    }

    public void Renewed(Credential access, Credential? refresh)
    {
        Shown = access;
        _all.Add(access);
        if (refresh is null) return;
        Former.Add(Refresh!);
        Refresh = refresh;
        _all.Add(refresh);
    }
}
