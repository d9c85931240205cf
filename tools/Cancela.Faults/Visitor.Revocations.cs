using System.Net.Http.Json;
using System.Text.Json;

namespace Cancela.Faults;

/// <summary>The ways in which a visitor's sign-ins end.</summary>
internal sealed partial class Visitor
{
    private Task RevokeAsync(CancellationToken stopping)
    {
        var tokens = _devices.FirstOrDefault(static device => device.Shown.Kind == CredentialKind.Access);
        return dice.Below(12) switch
        {
            0 or 1 when tokens is not null => TokenRevokedAsync(tokens, stopping),
            2 or 3 when _devices.Count > 1 => OneSessionAsync(stopping),
            4 when _devices.Count > 1 => OtherSessionsAsync(stopping),
            5 => AllSessionsAsync(stopping),
            6 => BanAsync(stopping),
            7 when dice.Below(2) == 0 => DeletionAsync(stopping),
            8 => RoleChangeAsync(stopping),
            9 when _devices.Count > 1 && dice.Below(2) == 0 => PasswordChangeAsync(stopping),
            10 or 11 when _devices.FirstOrDefault(static device => device.Former.Count > 1) is { } renewed => ReuseAsync(renewed, stopping),
            _ => LogoutAsync(stopping),
        };
    }

    private async Task LogoutAsync(CancellationToken stopping)
    {
        var device = AnyDevice();
        await EndAsync(EndingKind.Logout, [device], device.Numbers, door => door.SendAsync(HttpMethod.Post, "/auth/logout", device.Shown), stopping);
    }

    private async Task TokenRevokedAsync(Device device, CancellationToken stopping)
    {
        var token = device.Refresh is not null && dice.Below(2) == 0 ? device.Refresh : device.Shown;
        await EndAsync(EndingKind.TokenRevoked, [device], device.Numbers,
            door => door.SendAsync(HttpMethod.Post, "/auth/revoke", content: Town.Form(("token", token.Value))), stopping);
    }

    private async Task OneSessionAsync(CancellationToken stopping)
    {
        var (here, there) = (_devices[0], _devices[^1]);
        if (there.SessionId is not { } id)
        {
            var answer = await town.ShowAsync(Any(), there.Shown);
            if (answer.Status != 200) return;
            id = JsonDocument.Parse(answer.Body).RootElement.GetProperty("session").GetProperty("id").GetString()!;
        }
        await EndAsync(EndingKind.OneSession, [there], there.Numbers, door => AskAsync(door, HttpMethod.Delete, $"/auth/sessions/{id}", here.Shown), stopping);
    }

    private async Task OtherSessionsAsync(CancellationToken stopping)
    {
        var here = AnyDevice();
        var others = _devices.Where(device => device != here).ToList();
        await EndAsync(EndingKind.OtherSessions, others, Of(others), door => AskAsync(door, HttpMethod.Delete, "/auth/sessions", here.Shown), stopping);
    }

    private async Task AllSessionsAsync(CancellationToken stopping)
    {
        var id = await AccountIdAsync();
        if (id is null) return;
        await EndAsync(EndingKind.AllSessions, [.. _devices], Of(_devices),
            door => AskAsync(door, HttpMethod.Delete, $"/users/{id}/sessions", town.Administrator), stopping);
    }

    private async Task BanAsync(CancellationToken stopping)
    {
        if (await AccountIdAsync() is not { } id) return;
        await EndAsync(EndingKind.Ban, [.. _devices], Of(_devices),
            door => AskAsync(door, HttpMethod.Put, $"/users/{id}", town.Administrator, new { status = "closed" }), stopping);
        Move();
    }

    private async Task DeletionAsync(CancellationToken stopping)
    {
        if (await AccountIdAsync() is not { } id) return;
        await EndAsync(EndingKind.Deletion, [.. _devices], Of(_devices), door => AskAsync(door, HttpMethod.Delete, $"/users/{id}", town.Administrator), stopping);
        Move();
    }

    private async Task RoleChangeAsync(CancellationToken stopping)
    {
        if (await AccountIdAsync() is not { } id) return;
        _role = _role == "USER" ? "EDITOR" : "USER";
        var role = _role;
        var over = _devices.Where(static device => device.Strategy is not ("session" or "refresh-rotation")).ToList();
        var done = await EndAsync(EndingKind.RoleChange, over, [.. _devices.SelectMany(static device => device.BoundToVersion)], async door =>
        {
            var answer = await AskAsync(door, HttpMethod.Put, $"/users/{id}", town.Administrator, new { role });
            town.Journal.RoleChanges.Enqueue(new(_account, role, answer.Sent, answer.Succeeded ? answer.Received : null));
            return answer;
        }, stopping);
        if (!done)
        {
            // Which role it has now is not known, and whether the next change would change anything.
            Move();
            return;
        }
        // What is left of the others is renewed.
        foreach (var device in _devices.Where(static device => device.Refresh is not null).ToList()) await RenewAsync(device);
    }

    private async Task PasswordChangeAsync(CancellationToken stopping)
    {
        var here = AnyDevice();
        var others = _devices.Where(device => device != here).ToList();
        var next = _password == Town.Password ? "outra frase comprida mesmo" : Town.Password;
        var change = new { current_password = _password, new_password = next };
        // Its own cookie gets another value, its own access token is out of date: it is done with as well.
        GiveUp(here);
        var done = await EndAsync(EndingKind.PasswordChange, others, Of(others),
            door => AskAsync(door, HttpMethod.Post, "/auth/password/change", here.Shown, change), stopping, once: true);
        if (done) _password = next;
        else Move();
    }

    private async Task ReuseAsync(Device device, CancellationToken stopping) =>
        await EndAsync(EndingKind.Reuse, [device], device.Numbers, door => town.ShowAsync(door, device.Former[^2]), stopping);

    /// <summary>Has something ended, however often it takes, and watches how the other nodes hear of it.</summary>
    /// <param name="kind">How.</param>
    /// <param name="over">The devices that are done with.</param>
    /// <param name="covers">The credentials.</param>
    /// <param name="ask">Asks for it at a door.</param>
    /// <param name="stopping">Ends the watch.</param>
    /// <param name="once">Not again: it cannot be told what a second time would mean.</param>
    /// <returns>Whether it was acknowledged.</returns>
    private async Task<bool> EndAsync(
        EndingKind kind, IReadOnlyList<Device> over, IEnumerable<int> covers, Func<Door, Task<Answer>> ask, CancellationToken stopping, bool once = false)
    {
        int[] covered = [.. covers];
        var credentials = _devices.Concat(over).SelectMany(static device => device.All).DistinctBy(static credential => credential.Number)
            .Where(credential => covered.Contains(credential.Number)).ToList();
        for (var attempt = 0; attempt < (once ? 1 : Tries); attempt++)
        {
            // Written down before it is sent as what may happen from now on.
            var (door, from) = (Any(), Ticks.Now);
            var answer = await ask(door);
            var done = kind == EndingKind.Reuse ? answer.Status == 401 : answer.Succeeded;
            town.Ended(new(kind, door.Number, from, done ? answer.Received : null, covered));
            if (done)
            {
                foreach (var device in over) _devices.Remove(device);
                town.Pool.End(credentials);
                await WatchAsync(credentials, stopping);
                return true;
            }
            if (answer.MayComeLate)
            {
                Move();
                return false;
            }
            // What was not there any more had been ended by an attempt that nobody answered for.
            if (answer.Status == 404) break;
            if (answer.Outcome == Outcome.Odd || (kind == EndingKind.Reuse && answer.Succeeded)) town.Journal.Oddities.Enqueue($"{kind}: {answer}");
            await PauseAsync(100 + dice.Below(100));
        }
        town.Pool.Remove(credentials);
        foreach (var device in over) _devices.Remove(device);
        return false;
    }

    // Each node is asked without a pause until it does not accept it any more.
    private async Task WatchAsync(List<Credential> ended, CancellationToken stopping)
    {
        var watched = ended.Where(static credential => credential.Kind != CredentialKind.Refresh).ToList();
        if (watched.Count == 0) return;
        var credential = watched[dice.Below(watched.Count)];
        await Task.WhenAll(town.Doors.SkipLast(1).Select(async door =>
        {
            while (!stopping.IsCancellationRequested && (await town.PassAsync(door, credential)).Outcome == Outcome.Accepted) await PauseAsync(1);
        }));
    }

    // With a credential that counts, which the answer says something about.
    private async Task<Answer> AskAsync(Door door, HttpMethod method, string path, Credential credential, object? body = null)
    {
        var answer = await door.SendAsync(method, path, credential, body is null ? null : JsonContent.Create(body, body.GetType()));
        if (answer.Outcome is not (Outcome.Accepted or Outcome.Odd)) town.Heard(answer, credential);
        return answer;
    }

    private async Task<string?> AccountIdAsync()
    {
        var answer = await town.ShowAsync(Any(), AnyDevice().Shown);
        return answer.Status == 200 ? JsonDocument.Parse(answer.Body).RootElement.GetProperty("user").GetProperty("id").GetString() : null;
    }

    private static IEnumerable<int> Of(IEnumerable<Device> devices) => devices.SelectMany(static device => device.Numbers);
}
