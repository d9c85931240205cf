-- Who somebody is. Nobody but Cancela writes these tables; an operator may read them all, and end sessions with plain SQL.
CREATE TABLE cancela_accounts (
    id             TEXT    NOT NULL PRIMARY KEY COLLATE NOCASE,
    email          TEXT    NOT NULL,
    email_key      TEXT    NOT NULL UNIQUE,          -- the address as it is compared: trimmed, NFC, lower case
    email_verified INTEGER NOT NULL DEFAULT 0,
    name           TEXT,
    role           TEXT    NOT NULL,
    status         TEXT    NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'closed')),
    version        INTEGER NOT NULL DEFAULT 1,       -- credentials that name a lower one no longer count
    password_hash  TEXT,                             -- PHC string; NULL when there is no password
    created_at     TEXT    NOT NULL,
    updated_at     TEXT    NOT NULL
) STRICT;
-- Those who may never all be gone: counted at each demotion, so that the count does not read every account.
CREATE INDEX cancela_accounts_administrators ON cancela_accounts (id) WHERE role = 'ADMIN' AND status = 'active';

-- One row for each sign-in that is alive. S1 reads it to validate, S4 to renew; for S2, S2b and S3 it is only there to be listed.
CREATE TABLE cancela_sessions (
    id                  TEXT    NOT NULL PRIMARY KEY COLLATE NOCASE,   -- public: the `sid` of tokens, the `id` of the device list
    account_id          TEXT    NOT NULL COLLATE NOCASE REFERENCES cancela_accounts (id) ON DELETE CASCADE,
    strategy            TEXT    NOT NULL,
    secret_hash         BLOB    UNIQUE,              -- SHA-256 of the session ID in the cookie; NULL where the credential is a token
    generation          INTEGER NOT NULL DEFAULT 0,  -- S4: how often the refresh token was rotated
    rotated_at          TEXT,                        -- S4: when it was last
    scope               TEXT    NOT NULL DEFAULT '',
    amr                 TEXT    NOT NULL DEFAULT 'pwd',                -- RFC 8176, separated by spaces
    authenticated_at    TEXT    NOT NULL,
    created_at          TEXT    NOT NULL,
    last_seen_at        TEXT    NOT NULL,
    expires_at          TEXT    NOT NULL,
    absolute_expires_at TEXT    NOT NULL,            -- no renewal moves expires_at beyond it
    secret_expires_at   TEXT,                        -- after a change of strategy: when the former cookie's session ID counts no more
    credentials_until   TEXT,                        -- after a change of strategy: a revocation lasts at least until then
    ip_address          TEXT,
    user_agent          TEXT,
    sweep_at            TEXT    NOT NULL DEFAULT '2000-01-01 00:00:00+00:00' -- when the housekeeping looks whether it ran out (soon, where nobody said): no renewal moves it, so that none touches an index
) STRICT;
CREATE INDEX cancela_sessions_account ON cancela_sessions (account_id, created_at);
CREATE INDEX cancela_sessions_sweep ON cancela_sessions (sweep_at);

-- What no longer counts. Every node reads this log; a row may go when the last credential that it covers has expired.
-- A 'new_key' revokes nothing: it tells the nodes to read their keys.
CREATE TABLE cancela_revocations (
    position    INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind        TEXT    NOT NULL CHECK (kind IN ('session', 'account', 'key', 'new_key')),
    subject     TEXT    NOT NULL COLLATE NOCASE,     -- session ID, account ID or key ID
    min_version INTEGER NOT NULL DEFAULT 0,          -- kind 'account': the lowest version that still counts
    until       TEXT    NOT NULL,                    -- when the last credential that it covers expires by itself
    recorded_at TEXT    NOT NULL
) STRICT;
CREATE INDEX cancela_revocations_subject ON cancela_revocations (subject, kind);
CREATE INDEX cancela_revocations_until ON cancela_revocations (until);

-- An operator's plain UPDATE of a role or a status reaches every node like our own, which raises the version itself.
-- 402 days outlive every credential that can be configured: a refresh token of 400 days, and the access token that it is worth.
CREATE TRIGGER cancela_accounts_moved_on AFTER UPDATE OF role, status ON cancela_accounts
WHEN NEW.version = OLD.version AND (NEW.role <> OLD.role OR NEW.status <> OLD.status)
BEGIN
    UPDATE cancela_accounts SET version = version + 1 WHERE id = NEW.id;
    INSERT INTO cancela_revocations (kind, subject, min_version, until, recorded_at)
    VALUES ('account', NEW.id, NEW.version + 1,
            strftime('%Y-%m-%d %H:%M:%f+00:00', 'now', '+402 days'), strftime('%Y-%m-%d %H:%M:%f+00:00', 'now'));
END;

-- A deleted account has no version that counts. BEFORE, so that it stands in the log ahead of its sessions.
CREATE TRIGGER cancela_accounts_deleted BEFORE DELETE ON cancela_accounts
WHEN NOT EXISTS (SELECT 1 FROM cancela_revocations WHERE subject = OLD.id AND kind = 'account' AND min_version = 2147483647)
BEGIN
    INSERT INTO cancela_revocations (kind, subject, min_version, until, recorded_at)
    VALUES ('account', OLD.id, 2147483647,
            strftime('%Y-%m-%d %H:%M:%f+00:00', 'now', '+402 days'), strftime('%Y-%m-%d %H:%M:%f+00:00', 'now'));
END;

-- A session that an operator deletes with plain SQL is revoked like any other. One that goes with its account is
-- covered by the account's own row, which says what became of it: deleted, and not signed out. One that the housekeeping
-- marked as run out (its end set to its beginning) covers nothing. An access token may outlive its session by a day at most.
CREATE TRIGGER cancela_sessions_ended AFTER DELETE ON cancela_sessions
WHEN OLD.expires_at > OLD.created_at
 AND NOT EXISTS (SELECT 1 FROM cancela_revocations WHERE subject = OLD.id AND kind = 'session')
 AND NOT EXISTS (SELECT 1 FROM cancela_revocations WHERE subject = OLD.account_id AND kind = 'account' AND min_version = 2147483647)
BEGIN
    INSERT INTO cancela_revocations (kind, subject, until, recorded_at)
    VALUES ('session', OLD.id,
            max(strftime('%Y-%m-%d %H:%M:%f+00:00', OLD.expires_at, '+1 day'),
                strftime('%Y-%m-%d %H:%M:%f+00:00', coalesce(OLD.credentials_until, OLD.expires_at))),
            strftime('%Y-%m-%d %H:%M:%f+00:00', 'now'));
END;

-- Keys that sign, or that signed what is still alive. The material is encrypted under a key derived from the configured secret.
CREATE TABLE cancela_keys (
    kid        TEXT NOT NULL PRIMARY KEY,
    algorithm  TEXT NOT NULL CHECK (algorithm IN ('HS256', 'ES256')),
    material   BLOB NOT NULL,
    created_at TEXT NOT NULL,
    retired_at TEXT                                  -- NULL while it verifies; the newest such key signs
) STRICT;

-- Failed attempts to sign in, by the hash of the address as it is compared: known or not, the row looks the same.
CREATE TABLE cancela_failed_attempts (
    key            TEXT    NOT NULL PRIMARY KEY,
    failures       INTEGER NOT NULL,
    resets         INTEGER NOT NULL DEFAULT 0,       -- how often a success forgot the failures
    last_failed_at TEXT    NOT NULL
) STRICT;

-- The secrets of authenticator apps, encrypted under a key derived from the configured secret: the one in use, and one that waits for its first code.
CREATE TABLE cancela_totp (
    account_id        TEXT    NOT NULL PRIMARY KEY COLLATE NOCASE REFERENCES cancela_accounts (id) ON DELETE CASCADE,
    secret            BLOB,                          -- NULL while there is none in use
    algorithm         TEXT    NOT NULL DEFAULT 'SHA1' CHECK (algorithm IN ('SHA1', 'SHA256')),
    last_step         INTEGER NOT NULL DEFAULT 0,    -- the half minute of the last code that counted: none of it or before counts again
    confirmed_at      TEXT,
    pending           BLOB,
    pending_algorithm TEXT    NOT NULL DEFAULT 'SHA1' CHECK (pending_algorithm IN ('SHA1', 'SHA256')),
    pending_until     TEXT
) STRICT;

-- Ten for each account that has a second factor. One that was used is gone.
CREATE TABLE cancela_recovery_codes (
    code_hash  TEXT NOT NULL PRIMARY KEY,            -- SHA-256 of 120 random bits
    account_id TEXT NOT NULL COLLATE NOCASE REFERENCES cancela_accounts (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX cancela_recovery_codes_account ON cancela_recovery_codes (account_id);

-- What is handed out once to be shown once. One that was used is gone.
CREATE TABLE cancela_one_time_tokens (
    token_hash TEXT NOT NULL PRIMARY KEY,            -- SHA-256 of 256 random bits
    purpose    TEXT NOT NULL,
    account_id TEXT NOT NULL COLLATE NOCASE REFERENCES cancela_accounts (id) ON DELETE CASCADE,
    data       TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX cancela_one_time_tokens_account ON cancela_one_time_tokens (account_id);
CREATE INDEX cancela_one_time_tokens_expiry ON cancela_one_time_tokens (expires_at);

-- What happened, for the people who have to know. Rows are only ever added, and leave by age.
CREATE TABLE cancela_audit (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at         TEXT    NOT NULL,
    node       TEXT    NOT NULL,
    event      TEXT    NOT NULL,
    outcome    TEXT    NOT NULL,                     -- 'success' or the code of the refusal
    account_id TEXT    COLLATE NOCASE,
    session_id TEXT    COLLATE NOCASE,
    method     TEXT,
    ip_address TEXT,
    user_agent TEXT,
    trace_id   TEXT
) STRICT;
CREATE INDEX cancela_audit_account ON cancela_audit (account_id, id);
CREATE INDEX cancela_audit_at ON cancela_audit (at);
