using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Revocation;
using Cancela.Sql;
using Cancela.Strategies;
using Cancela.Tokens;

namespace Cancela.Tests.Simulation;

internal sealed partial class History
{
    private Client? AnyClient() => _clients.Count == 0 ? null : _clients[_world.Dice.Below(_clients.Count)];

    // A node that is not ready gets no requests; one that hangs does.
    private void Ask(SimulatedNode node, Func<SimulatedNode, Errand, Task> work)
    {
        if (node.IsReady) node.Context.Start(() => GuardedAsync(node, work));
    }

    private async Task GuardedAsync(SimulatedNode node, Func<SimulatedNode, Errand, Task> work)
    {
        node.Errands++;
        try
        {
            await work(node, Errand.Begin(_world));
        }
        catch (StoreUnavailableException)
        {
            _world.Note("503: the database does not answer", node.Number);
        }
#pragma warning disable CA1031 // Whatever else is thrown is a fault of the library or of this simulation.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _oracle.Violate($"node {node.Number}: {exception}");
        }
        finally
        {
            node.Errands--;
        }
    }

    private void SignIn()
    {
        var (label, session, account) = (_clients.Count, _world.Dice.NextGuid(), _accounts[_world.Dice.Below(_accounts.Length)]);
        var strategy = _settings.OnlyCopies || _world.Chance(40) ? StrategyNames.Session : StrategyNames.RefreshRotation;
        Ask(AnyNode(), async (node, _) =>
        {
            var token = CancellationToken.None;
            if (await node.Accounts.FindAsync(account, token) is not { Status: AccountStatus.Active } found) return;
            var proof = new Proof(Subject.Of(found), "", "pwd", node.Clock.GetUtcNow(), ClientInfo.None);
            var grant = await node.Database.TransactAsync(
                transaction => ((IStrategy)(strategy == StrategyNames.Session ? node.Cookies : node.Tokens)).IssueAsync(transaction, proof, session), token);
            if (grant is null) return;
            var client = new Client(_clients.Count, session, account, strategy);
            _clients.Add(client);
            Keep(node, client, grant);
            _world.Note("signed in " + strategy, node.Number, client.Label);
        });
        _world.Note("wants to sign in", subject: label);
    }

    private static void Keep(SimulatedNode node, Client client, Grant grant)
    {
        if (client.HasCookie)
        {
            client.Cookie = grant.Credential;
            return;
        }
        if (Claims(node, grant.Credential, TokenType.Access) is { } access) client.Access.Add((grant.Credential, access));
        if (Claims(node, grant.RefreshToken!, TokenType.Refresh) is { } refresh) client.Refresh.Add((grant.RefreshToken!, refresh));
    }

    private static TokenClaims? Claims(SimulatedNode node, string token, TokenType type) => node.Reader.Read(token, type) switch
    {
        TokenReading.Valid(var claims) => claims,
        TokenReading.NotYet(var claims) => claims,
        TokenReading.Expired(var claims) => claims,
        _ => null,
    };

    // The latest, mostly.
    private T Pick<T>(List<T> all) => _world.Chance(75) ? all[^1] : all[_world.Dice.Below(all.Count)];

    private void Show()
    {
        if (AnyClient() is not { } client) return;
        Show(AnyNode(), client, demanded: false);
    }

    private void Show(SimulatedNode node, Client client, bool demanded)
    {
        if (client.HasCookie)
        {
            Ask(node, async (at, errand) => Judge(at, client, errand, await at.Cookies.RecognizeAsync(client.Cookie!, CancellationToken.None), null, demanded));
        }
        else if (client.Access.Count > 0)
        {
            var (token, claims) = demanded ? client.Access[^1] : Pick(client.Access);
            Ask(node, async (at, errand) => Judge(at, client, errand, await at.Tokens.RecognizeAsync(token, CancellationToken.None), claims, demanded));
        }
    }

    private void Judge(SimulatedNode node, Client client, Errand errand, Recognition recognition, TokenClaims? claims, bool demanded)
    {
        if (recognition is Recognition.Recognized(var caller, var renewedUntil))
        {
            _world.Note("accepted", node.Number, client.Label);
            var version = claims?.Version ?? caller.Account!.Version;
            // Without the set nothing is judged after what was read last.
            var decided = errand.Asked || renewedUntil is not null || _settings.OnlyCopies ? errand.Learned : errand.Decided ?? errand.Now;
            _oracle.Accepted(new Shown(claims is null ? "a session ID" : "an access token", node.Number, client.Label, client.Id, client.AccountId, version, claims?.KeyId), decided);
            return;
        }
        var refusal = ((Recognition.Refused)recognition).Refusal;
        _world.Note("refused: " + refusal.Reason, node.Number, client.Label);
        var isEnd = refusal.Reason.Contains("session was ended", StringComparison.Ordinal);
        if (isEnd) _oracle.Expect(IsTouched(client) || _wallJumped, $"node {node.Number} says that #{client.Label} was ended: nobody did");
        // Who is told that it was ended has been told so: nobody may say otherwise later.
        if (isEnd && claims is not null && !_oracle.All.Any(known => known.SessionId == client.Id && known.Node == node.Number)) Ended(client, node.Number);
        if (demanded) _oracle.Expect(false, $"node {node.Number} refuses #{client.Label}, which lives: {refusal.Reason}");
    }

    private bool IsTouched(Client client) => client.IsTouched || client.Renewing > 0 || _touchedAccounts.Contains(client.AccountId);

    private void Refresh()
    {
        if (AnyClient() is not { Refresh.Count: > 0 } client) return;
        Refresh(AnyNode(), client, Pick(client.Refresh), demanded: false);
    }

    // Several tabs at once, over several nodes, with one token; some of them try again.
    private void Crowd()
    {
        if (AnyClient() is not { Refresh.Count: > 0 } client) return;
        var token = Pick(client.Refresh);
        for (var tabs = 2 + _world.Dice.Below(3); tabs > 0; tabs--)
            _world.After(_world.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(100)), () => Refresh(AnyNode(), client, token, demanded: false));
    }

    private void Refresh(SimulatedNode node, Client client, (string Token, TokenClaims Claims) shown, bool demanded)
    {
        _world.Note("refreshes", node.Number, client.Label, shown.Claims.Generation!.Value);
        Ask(node, async (at, errand) =>
        {
            Renewal renewal;
            client.Renewing++;
            try
            {
                renewal = await at.Tokens.RenewAsync(shown.Token, CancellationToken.None);
            }
            catch (StoreUnavailableException)
            {
                // What came of it nobody knows: a replay may have ended the session.
                client.IsTouched = true;
                throw;
            }
            finally
            {
                client.Renewing--;
            }
            switch (renewal)
            {
                case Renewal.Renewed { Grant: var grant }:
                    Keep(at, client, grant);
                    _world.Note("renewed", at.Number, client.Label);
                    Renewed(at, client, errand, shown.Claims, grant);
                    break;
                case Renewal.Reused:
                    client.IsTouched = true;
                    Ended(client, at.Number);
                    break;
                case Renewal.Refused(var refusal):
                    _world.Note("not renewed: " + refusal.Reason, at.Number, client.Label);
                    if (demanded) _oracle.Expect(false, $"node {at.Number} does not renew #{client.Label}, which lives: {refusal.Reason}");
                    break;
            }
        });
    }

    private void Renewed(SimulatedNode node, Client client, Errand errand, TokenClaims presented, Grant grant)
    {
        if (Claims(node, grant.RefreshToken!, TokenType.Refresh) is { } successor) _oracle.Renewed(presented, successor, node.Number, client.Label);
        var shown = new Shown("a refresh token", node.Number, client.Label, client.Id, client.AccountId, presented.Version, null) { ReadsAccount = true };
        _oracle.Accepted(shown, errand.Learned);
        // The key is asked about first, and what was under way when it was retired goes through.
        _oracle.Accepted(shown with { SessionId = Guid.Empty, AccountId = Guid.Empty, KeyId = presented.KeyId }, new Instant(errand.StartedAt, 0));
    }

    private void Ended(Client client, int node) =>
        _oracle.Acknowledged(new Revoked("session ended", node, client.Label, new Instant(_world.Now, _world.Step)) { SessionId = client.Id, Owner = client.AccountId });

    private void Ending()
    {
        if (AnyClient() is not { } client) return;
        if (_world.Chance(70) || _settings.OnlyCopies)
        {
            client.IsTouched = true;
            _world.Note("signs out", subject: client.Label);
            Ask(AnyNode(), async (node, _) =>
            {
                await node.Sessions.EndAsync(client.Id, CancellationToken.None);
                Ended(client, node.Number);
            });
        }
        else if (_world.Chance(50))
        {
            client.IsTouched = true;
            _world.Note("an operator deletes the row of", subject: client.Label);
            _server.Execute(new Backend(), Server.OperatorEnds, new Values([("@id", client.Id)]), (answer, _) =>
            {
                if (answer?.Affected > 0) Ended(client, -1);
            });
        }
        else
        {
            EndOthers(client);
        }
    }

    private void EndOthers(Client but)
    {
        var others = _clients.Where(other => other.AccountId == but.AccountId && other != but).ToList();
        foreach (var other in others) other.IsTouched = true;
        // Whoever signs in meanwhile may be ended, too.
        _touchedAccounts.Add(but.AccountId);
        _world.Note("ends all others of its account", subject: but.Label);
        Ask(AnyNode(), async (node, errand) =>
        {
            await node.Database.TransactAsync(transaction => node.Sessions.EndOthersAsync(transaction, but.AccountId, but.Id), CancellationToken.None);
            // Whom somebody else ended meanwhile, this node hears of within T.
            foreach (var other in others.Where(other => !_server.RanOut(other.Id)))
                Ended(other, _server.Ended(other.Id, errand) ? node.Number : -1);
        });
    }

    private void AccountChange()
    {
        if (_settings.OnlyCopies) return;
        var account = _accounts[_world.Dice.Below(_accounts.Length)];
        _touchedAccounts.Add(account);
        var label = Array.IndexOf(_accounts, account);
        var (dice, role) = (_world.Dice.Below(100), _world.Chance(50) ? Roles.User : Roles.Administrator);
        _world.Note("an account is changed", subject: label);
        Ask(AnyNode(), async (node, errand) =>
        {
            var token = CancellationToken.None;
            if (dice < 8)
            {
                if (await node.Accounts.DeleteAsync(account, token) is AccountDeletion.Deleted)
                    MovedOn("account deleted", node, errand, account, RevocationEntry.AccountMovedOn.NoVersion, isClosed: true);
                return;
            }
            var change = dice < 25 ? new AccountChange { Status = AccountStatus.Closed } : new AccountChange { Role = role };
            // A change to what it is already moves nothing: version 1 is the first.
            if (await node.Accounts.UpdateAsync(account, change, token) is AccountUpdate.Updated({ Version: > 1 } after))
                MovedOn("account moved on", node, errand, account, after.Version, after.Status == AccountStatus.Closed);
        });
    }

    // A change to what it was already is acknowledged, too. Then it was somebody else's, and this node hears of it within T.
    private void MovedOn(string kind, SimulatedNode node, Errand errand, Guid account, int version, bool isClosed) =>
        _oracle.Acknowledged(new Revoked(kind, _server.MovedOn(account, version, errand) ? node.Number : -1, Array.IndexOf(_accounts, account), new Instant(_world.Now, _world.Step))
        {
            AccountId = account, MinVersion = version, IsClosed = isClosed,
        });

    private void Key()
    {
        if (_settings.OnlyCopies) return;
        if (_settings.Ring.Verifying.Count == 1)
        {
            _settings.Ring = new KeyRing([Settings.OldKey, Settings.NewKey]);
            foreach (var node in _nodes) node.Keys.Current = _settings.Ring;
            _world.Note("the key is succeeded");
            return;
        }
        _keyTouched = true;
        _world.Note("the old key is retired");
        Ask(AnyNode(), async (node, _) =>
        {
            await node.Database.TransactAsync(
                transaction =>
                {
                    node.Log.Append(transaction, new RevocationEntry.KeyRetired(Settings.OldKey.KeyId, node.Clock.GetUtcNow() + _settings.Lifetimes.Longest));
                    return Task.FromResult(true);
                }, CancellationToken.None);
            _oracle.Acknowledged(new Revoked("key retired", node.Number, 0, new Instant(_world.Now, _world.Step)) { KeyId = Settings.OldKey.KeyId });
        });
    }

    private void Sweep() => Ask(AnyNode(), async (node, _) =>
    {
        _world.Note("sweeps", node.Number);
        await node.Log.SweepAsync(CancellationToken.None);
        await node.Sessions.SweepAsync(CancellationToken.None);
    });

    // Whoever was ended is refused everywhere, and whoever was not is served everywhere.
    private void LastLook(SimulatedNode node, Client client)
    {
        var row = _server.Session(client.Id);
        var lives = row is not null && !IsTouched(client) && !_wallJumped && row.ExpiresAt > node.Clock.GetUtcNow().AddMinutes(1) && !_keyTouched;
        var (demanded, latest) = (lives, client.Refresh.Count == 0 ? default : client.Refresh[^1]);
        if (!IsTouched(client) && !_wallJumped) _oracle.Expect(row is not null || !client.HasCookie || _server.RanOut(client.Id), $"#{client.Label} has no row any more: nobody ended it");
        if (client.Refresh.Count > 0 && latest.Claims.Generation == row?.Generation && node.Number == 0) Refresh(node, client, latest, demanded);
        Show(node, client, demanded && (client.HasCookie || client.Access[^1].Claims.ExpiresAt > node.Clock.GetUtcNow().ToUnixTimeSeconds() + 60));
    }
}
