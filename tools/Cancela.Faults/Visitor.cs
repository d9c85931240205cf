using System.Text.Json;
using Cancela.Tests.Revocation;

namespace Cancela.Faults;

/// <summary>
/// Somebody with an account who signs in on several devices, renews tokens, and has sign-ins ended in every way there is. One
/// thing after the other, so that it is known what an answer covers.
/// </summary>
internal sealed partial class Visitor(Town town, Dice dice)
{
    private const int MostDevices = 4;
    private const int Tries = 12;
    private const int CrowdAtADoor = 6;

    /// <summary>Of <c>refresh-rotation</c>, as the nodes are told.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    // A retry that may come after the grace is a reuse.
    private static readonly long SafelyInGrace = Ticks.Of(TimeSpan.FromSeconds(8));

    private readonly List<Device> _devices = [];
    private int _account;
    private string _password = Town.Password;
    private string _role = "USER";

    /// <summary>Lives until it is told to stop; what is under way is finished.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (_account == 0 && !await RegisterAsync()) continue;
            var wanted = 2 + dice.Below(MostDevices - 1);
            while (_devices.Count < wanted && !stopping.IsCancellationRequested) await SignInAsync();
            await PauseAsync(20 + dice.Below(300));
            if (_account == 0) continue;
            foreach (var device in _devices.Where(static device => device.Refresh is not null).ToList())
                if (_devices.Contains(device) && dice.Below(3) > 0) await RenewAsync(device);
            await PauseAsync(20 + dice.Below(300));
            if (_devices.Count > 0) await RevokeAsync(stopping);
        }
    }

    private async Task<bool> RegisterAsync()
    {
        var account = town.NextAccount();
        var answer = await Any().SendAsync(HttpMethod.Post, "/register", content: Town.Credentials(account, Town.Password));
        if (answer.Status == 201) (_account, _password, _role) = (account, Town.Password, "USER");
        else await FailedAsync(answer);
        return _account != 0;
    }

    private async Task SignInAsync()
    {
        var byCookie = dice.Below(2) == 0;
        var answer = byCookie
            ? await Any().SendAsync(HttpMethod.Post, "/auth/login", content: Town.Credentials(_account, _password))
            : await Any().SendAsync(HttpMethod.Post, "/auth/token", content: Town.Form(("username", Town.EmailOf(_account)), ("password", _password)));
        if (answer.Status != 200 || (byCookie && answer.Cookie is null))
        {
            await FailedAsync(answer);
            return;
        }
        var device = byCookie
            ? new Device(town.Browser, town.Journal.Issue(_account, town.Browser, CredentialKind.Cookie, answer.Cookie!), null)
            : new Device(town.Token, Issue(answer, "access_token", CredentialKind.Access)!, Issue(answer, "refresh_token", CredentialKind.Refresh));
        _devices.Add(device);
        town.Pool.Add(device.All);
    }

    // Several tabs at once, now and then: all get the same successor.
    private async Task RenewAsync(Device device)
    {
        var (parent, first) = (device.Refresh!, Ticks.Now);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (town.Token == "refresh-rotation" && Ticks.Now > first + SafelyInGrace)
            {
                // It may have been renewed long ago, without our hearing of it.
                GiveUp(device);
                return;
            }
            var answers = await Task.WhenAll(Enumerable.Range(0, 1 + dice.Below(3)).Select(_ => town.ShowAsync(Any(), parent)));
            var renewed = answers.Where(static answer => answer.Status == 200).ToList();
            foreach (var answer in renewed)
                if (TextIn(answer, "refresh_token") is { } child) town.Journal.Renewals.Enqueue(new(parent.Number, answer.Received, child));
            if (renewed.Count > 0)
            {
                Follow(device, parent, first, renewed);
                return;
            }
            if (answers.Any(static answer => answer.Outcome == Outcome.Refused))
            {
                // The judge finds that nobody had ended it.
                GiveUp(device);
                return;
            }
            await PauseAsync(50 + dice.Below(150));
        }
        GiveUp(device);
    }

    private void Follow(Device device, Credential parent, long first, List<Answer> renewed)
    {
        var access = renewed.Select(answer => Issue(answer, "access_token", CredentialKind.Access)!).ToList();
        var refresh = Issue(renewed[0], "refresh_token", CredentialKind.Refresh);
        foreach (var one in access.SkipLast(1)) device.Renewed(one, null);
        device.Renewed(access[^1], refresh);
        town.Pool.Add(access);
        if (refresh is null) return;
        var grace = Ticks.Of(Grace);
        town.Ended(new(EndingKind.Rotation, renewed[0].Door, first + grace, renewed.Max(static answer => answer.Received) + grace, [parent.Number]));
    }

    // Nobody knows whether it counts. The judge asks no more than that all nodes agree.
    private void GiveUp(params IReadOnlyList<Device> devices)
    {
        foreach (var device in devices)
        {
            _devices.Remove(device);
            town.Pool.Remove(device.All);
            town.Ended(new(EndingKind.SideEffect, Door.Proxy, Ticks.Now, null, [.. device.Numbers]));
        }
    }

    private void Move()
    {
        GiveUp([.. _devices]);
        _account = 0;
    }

    private async Task FailedAsync(Answer answer)
    {
        if (answer.Outcome is not (Outcome.Unavailable or Outcome.Silent)) town.Journal.Oddities.Enqueue($"registration or sign-in: {answer}");
        await PauseAsync(50 + dice.Below(100));
    }

    private Credential? Issue(Answer answer, string member, CredentialKind kind) =>
        TextIn(answer, member) is { } value ? town.Journal.Issue(_account, town.Token, kind, value) : null;

    private static string? TextIn(Answer answer, string member) =>
        JsonDocument.Parse(answer.Body).RootElement.TryGetProperty(member, out var value) ? value.GetString() : null;

    // Not all wait at the same one: where some do already, another is likelier to be taken.
    private Door Any()
    {
        var door = town.Doors[dice.Below(town.Doors.Count)];
        for (var again = 0; again < 3 && door.Waiting > CrowdAtADoor; again++) door = town.Doors[dice.Below(town.Doors.Count)];
        return door;
    }

    private Device AnyDevice() => _devices[dice.Below(_devices.Count)];

    private static Task PauseAsync(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, CancellationToken.None);
}
