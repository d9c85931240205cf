using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Cancela.Caching;
using Cancela.Problems;
using Cancela.Revocation;
using Cancela.Sql;

namespace Cancela.Strategies.Sessions;

/// <summary>S1: an opaque session ID. The row is the session: a week, sliding, ended at once.</summary>
internal sealed class SessionStrategy(
    SessionStore store, SessionDirectory sessions, Revocations revocations, Accounts.Roles roles, SessionOptions options, TimeProvider clock) : IStrategy
{
    private static readonly Recognition Unknown = Recognition.No(Problem.SessionInvalid, "no such session, or it ran out");
    private static readonly Recognition Ended = Recognition.No(Problem.SessionInvalid, "the session was ended");

    private readonly ByIdentity<string, StrongBox<Digest>> _hashes = new(1_024);

    public string Name => StrategyNames.Session;

    public async Task<Grant?> IssueAsync(Transaction transaction, Proof proof, Guid sessionId)
    {
        var now = clock.GetUtcNow();
        var secret = SessionId.New(out var hash);
        var absolute = options.AbsoluteEnd(proof.At);
        var expiresAt = now + options.Lifetime < absolute ? now + options.Lifetime : absolute;
        var row = SessionRow.Open(proof, sessionId, Name, expiresAt, absolute);
        if (!await sessions.OpenAsync(transaction, row, proof.Subject.Version, hash)) return null;
        return new Grant(row.Id, secret, expiresAt, Scopes.Narrow(roles.ScopesOf(proof.Subject.Role), proof.Scope));
    }

    public bool TryRecognize(string credential, [NotNullWhen(true)] out Recognition? recognition)
    {
        if (!TryHash(credential, out var hash)) recognition = Unknown;
        else if (!store.TryRecall(hash, out var session) || NeedsTheRow(session!)) recognition = null;
        else recognition = revocations.Check(session!.Row.Id, session.Account.Id, session.Account.Version, null) switch
        {
            RevocationVerdict.Counts => session.Recognized,
            RevocationVerdict.SessionEnded => Ended,
            // The account moved on (the row knows its new role, or that it is closed), or the node is blind and has to ask.
            _ => null,
        };
        return recognition is not null;
    }

    public ValueTask<Recognition> AskAsync(string credential, CancellationToken cancellationToken) =>
        TryHash(credential, out var hash) ? FindAndJudgeAsync(hash, cancellationToken) : new(Unknown);

    private bool TryHash(string credential, out Digest hash)
    {
        if (_hashes.Find(credential) is { } known)
        {
            hash = known.Value;
            return true;
        }
        if (!SessionId.TryHash(credential, out hash)) return false;
        _hashes.Put(credential, new(hash));
        return true;
    }

    // Another node may have read it lately. Its copy is judged like our own memory, and is no answer to what the set cannot judge.
    private async ValueTask<Recognition> FindAndJudgeAsync(Digest hash, CancellationToken cancellationToken)
    {
        var (session, found) = await store.FindAsync(hash);
        if (session is null || NeedsTheRow(session)) return await ReadAndJudgeAsync(hash, found, cancellationToken);

        switch (revocations.Check(session.Row.Id, session.Account.Id, session.Account.Version, null))
        {
            case RevocationVerdict.Counts:
                store.Remember(hash, session);
                return session.Recognized;
            case RevocationVerdict.SessionEnded:
                return Ended;
            default:
                return await ReadAndJudgeAsync(hash, found, cancellationToken);
        }
    }

    // The lease is taken before the row is read: what is shared under it is nothing that was revoked before.
    private async ValueTask<Recognition> ReadAndJudgeAsync(Digest hash, CopyReading found, CancellationToken cancellationToken) =>
        await ReadAndJudgeAsync(hash, await store.LeaseAsync(hash, found), cancellationToken);

    private async ValueTask<Recognition> ReadAndJudgeAsync(Digest hash, CopyLease? lease, CancellationToken cancellationToken, bool again = false)
    {
        if (await store.ReadAsync(hash, cancellationToken) is not { } session) return Unknown;

        // After the row was read, so that a revocation that came between the two is seen.
        var verdict = await revocations.CheckAsync(session.Row.Id, session.Account.Id, session.Account.Version, null, cancellationToken);
        if (verdict == RevocationVerdict.Unknown) return new Recognition.Refused(TokenRefusals.Of(verdict));
        // The account may have changed between the reading and this. A second reading knows; a third would find a bug.
        if (verdict == RevocationVerdict.AccountMovedOn && !again) return await ReadAndJudgeAsync(hash, lease, cancellationToken, again: true);
        if (verdict != RevocationVerdict.Counts) return Ended;
        if (InSecondHalf(session, clock.GetUtcNow())) return await ProlongAsync(hash, lease, session, cancellationToken);
        await store.ShareAsync(hash, lease, session);
        return session.Recognized;
    }

    private async ValueTask<Recognition> ProlongAsync(Digest hash, CopyLease? lease, LiveSession session, CancellationToken cancellationToken)
    {
        if (await store.ProlongAsync(hash, session, cancellationToken) is not { } prolonged) return Ended;
        await store.ShareAsync(hash, lease, prolonged);
        return new Recognition.Recognized(prolonged.Caller, prolonged.Row.ExpiresAt);
    }

    // Another node may have moved the end since this one read the row.
    private bool NeedsTheRow(LiveSession session)
    {
        var now = clock.GetUtcNow();
        return now >= session.Row.ExpiresAt || now >= session.Row.SecretExpiresAt || InSecondHalf(session, now);
    }

    private bool InSecondHalf(LiveSession session, DateTimeOffset now) =>
        session.Row.ExpiresAt < session.Row.AbsoluteExpiresAt && session.Row.ExpiresAt - now < options.Lifetime / 2;
}
