-- Who somebody is. Nobody but Cancela writes these tables; an operator may read them all, and end sessions with plain SQL.
CREATE TABLE cancela_accounts (
    id             uuid        NOT NULL PRIMARY KEY,
    email          text        NOT NULL,
    email_key      text        NOT NULL UNIQUE,          -- the address as it is compared: trimmed, NFC, lower case
    email_verified boolean     NOT NULL DEFAULT false,
    name           text,
    role           text        NOT NULL,
    status         text        NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'closed')),
    version        integer     NOT NULL DEFAULT 1,       -- credentials that name a lower one no longer count
    password_hash  text,                                 -- PHC string; NULL when there is no password
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL
);
-- Those who may never all be gone: counted at each demotion, so that the count does not read every account.
CREATE INDEX cancela_accounts_administrators ON cancela_accounts (id) WHERE role = 'ADMIN' AND status = 'active';

-- One row for each sign-in that is alive. S1 reads it to validate, S4 to renew; for S2, S2b and S3 it is only there to be listed.
CREATE TABLE cancela_sessions (
    id                  uuid        NOT NULL PRIMARY KEY,   -- public: the `sid` of tokens, the `id` of the device list
    account_id          uuid        NOT NULL REFERENCES cancela_accounts (id) ON DELETE CASCADE,
    strategy            text        NOT NULL,
    secret_hash         bytea       UNIQUE,                 -- SHA-256 of the session ID in the cookie; NULL where the credential is a token
    generation          integer     NOT NULL DEFAULT 0,     -- S4: how often the refresh token was rotated
    rotated_at          timestamptz,                        -- S4: when it was last
    scope               text        NOT NULL DEFAULT '',
    amr                 text        NOT NULL DEFAULT 'pwd', -- RFC 8176, separated by spaces
    authenticated_at    timestamptz NOT NULL,
    created_at          timestamptz NOT NULL,
    last_seen_at        timestamptz NOT NULL,
    expires_at          timestamptz NOT NULL,
    absolute_expires_at timestamptz NOT NULL,               -- no renewal moves expires_at beyond it
    secret_expires_at   timestamptz,                        -- after a change of strategy: when the former cookie's session ID counts no more
    credentials_until   timestamptz,                        -- after a change of strategy: a revocation lasts at least until then
    ip_address          text,
    user_agent          text,
    sweep_at            timestamptz NOT NULL DEFAULT '2000-01-01 00:00:00+00' -- when the housekeeping looks whether it ran out (soon, where nobody said): no renewal moves it, so that none touches an index
) WITH (fillfactor = 80);                                   -- room for the next generation of a row beside it
CREATE INDEX cancela_sessions_account ON cancela_sessions (account_id, created_at);
CREATE INDEX cancela_sessions_sweep ON cancela_sessions (sweep_at);

-- What no longer counts. Every node reads this log; a row may go when the last credential that it covers has expired.
-- A 'new_key' revokes nothing: it tells the nodes to read their keys.
-- The position is the number of the transaction that wrote the row: numbers are handed out before the commit and become
-- visible in any order, and a snapshot says exactly which of them it does not show. Rows of one transaction share it.
CREATE TABLE cancela_revocations (
    position    bigint      NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    kind        text        NOT NULL CHECK (kind IN ('session', 'account', 'key', 'new_key')),
    subject     text        NOT NULL,                       -- session ID, account ID or key ID
    min_version integer     NOT NULL DEFAULT 0,             -- kind 'account': the lowest version that still counts
    until       timestamptz NOT NULL,                       -- when the last credential that it covers expires by itself
    recorded_at timestamptz NOT NULL
);
CREATE INDEX cancela_revocations_position ON cancela_revocations (position);
CREATE INDEX cancela_revocations_subject ON cancela_revocations (subject, kind);
CREATE INDEX cancela_revocations_until ON cancela_revocations (until);

-- An operator's plain UPDATE of a role or a status reaches every node like our own, which raises the version itself.
-- 402 days outlive every credential that can be configured: a refresh token of 400 days, and the access token that it is worth.
CREATE FUNCTION cancela_account_moved_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    INSERT INTO cancela_revocations (kind, subject, min_version, until, recorded_at)
    VALUES ('account', NEW.id::text, NEW.version, now() + interval '402 days', now());
    RETURN NEW;
END $$;
CREATE TRIGGER cancela_accounts_moved_on BEFORE UPDATE OF role, status ON cancela_accounts FOR EACH ROW
    WHEN (NEW.version = OLD.version AND (NEW.role <> OLD.role OR NEW.status <> OLD.status))
    EXECUTE FUNCTION cancela_account_moved_on();

-- A deleted account has no version that counts. BEFORE, so that it stands in the log ahead of its sessions.
CREATE FUNCTION cancela_account_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM cancela_revocations WHERE subject = OLD.id::text AND kind = 'account' AND min_version = 2147483647) THEN
        INSERT INTO cancela_revocations (kind, subject, min_version, until, recorded_at)
        VALUES ('account', OLD.id::text, 2147483647, now() + interval '402 days', now());
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER cancela_accounts_deleted BEFORE DELETE ON cancela_accounts FOR EACH ROW EXECUTE FUNCTION cancela_account_deleted();

-- TRUNCATE fires no trigger for rows: it would end sessions and accounts behind every node's back.
CREATE FUNCTION cancela_not_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'TRUNCATE of % would revoke nothing: use DELETE', TG_TABLE_NAME;
END $$;
CREATE TRIGGER cancela_accounts_not_truncated BEFORE TRUNCATE ON cancela_accounts EXECUTE FUNCTION cancela_not_truncated();
CREATE TRIGGER cancela_sessions_not_truncated BEFORE TRUNCATE ON cancela_sessions EXECUTE FUNCTION cancela_not_truncated();

-- A session that an operator deletes with plain SQL is revoked like any other. One that goes with its account is
-- covered by the account's own row, which says what became of it: deleted, and not signed out. One that the housekeeping
-- marked as run out (its end set to its beginning) covers nothing. An access token may outlive its session by a day at most.
CREATE FUNCTION cancela_session_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM cancela_revocations WHERE subject = OLD.id::text AND kind = 'session')
       AND NOT EXISTS (SELECT 1 FROM cancela_revocations WHERE subject = OLD.account_id::text AND kind = 'account' AND min_version = 2147483647) THEN
        INSERT INTO cancela_revocations (kind, subject, until, recorded_at)
        VALUES ('session', OLD.id::text, greatest(OLD.expires_at + interval '1 day', OLD.credentials_until), now());
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER cancela_sessions_ended AFTER DELETE ON cancela_sessions FOR EACH ROW
    WHEN (OLD.expires_at > OLD.created_at) EXECUTE FUNCTION cancela_session_ended();

-- Keys that sign, or that signed what is still alive. The material is encrypted under a key derived from the configured secret.
CREATE TABLE cancela_keys (
    kid        text        NOT NULL PRIMARY KEY,
    algorithm  text        NOT NULL CHECK (algorithm IN ('HS256', 'ES256')),
    material   bytea       NOT NULL,
    created_at timestamptz NOT NULL,
    retired_at timestamptz                                  -- NULL while it verifies; the newest such key signs
);

-- Failed attempts to sign in, by the hash of the address as it is compared: known or not, the row looks the same.
CREATE TABLE cancela_failed_attempts (
    key            text        NOT NULL PRIMARY KEY,
    failures       integer     NOT NULL,
    resets         integer     NOT NULL DEFAULT 0,          -- how often a success forgot the failures
    last_failed_at timestamptz NOT NULL
) WITH (fillfactor = 80);

-- The secrets of authenticator apps, encrypted under a key derived from the configured secret: the one in use, and one that waits for its first code.
CREATE TABLE cancela_totp (
    account_id        uuid        NOT NULL PRIMARY KEY REFERENCES cancela_accounts (id) ON DELETE CASCADE,
    secret            bytea,                                -- NULL while there is none in use
    algorithm         text        NOT NULL DEFAULT 'SHA1' CHECK (algorithm IN ('SHA1', 'SHA256')),
    last_step         bigint      NOT NULL DEFAULT 0,       -- the half minute of the last code that counted: none of it or before counts again
    confirmed_at      timestamptz,
    pending           bytea,
    pending_algorithm text        NOT NULL DEFAULT 'SHA1' CHECK (pending_algorithm IN ('SHA1', 'SHA256')),
    pending_until     timestamptz
);

-- Ten for each account that has a second factor. One that was used is gone.
CREATE TABLE cancela_recovery_codes (
    code_hash  text        NOT NULL PRIMARY KEY,            -- SHA-256 of 120 random bits
    account_id uuid        NOT NULL REFERENCES cancela_accounts (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL
);
CREATE INDEX cancela_recovery_codes_account ON cancela_recovery_codes (account_id);

-- What is handed out once to be shown once. One that was used is gone.
CREATE TABLE cancela_one_time_tokens (
    token_hash text        NOT NULL PRIMARY KEY,            -- SHA-256 of 256 random bits
    purpose    text        NOT NULL,
    account_id uuid        NOT NULL REFERENCES cancela_accounts (id) ON DELETE CASCADE,
    data       text        NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX cancela_one_time_tokens_account ON cancela_one_time_tokens (account_id);
CREATE INDEX cancela_one_time_tokens_expiry ON cancela_one_time_tokens (expires_at);

-- What happened, for the people who have to know. Rows are only ever added, and leave by age.
CREATE TABLE cancela_audit (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    node       text        NOT NULL,
    event      text        NOT NULL,
    outcome    text        NOT NULL,                        -- 'success' or the code of the refusal
    account_id uuid,
    session_id uuid,
    method     text,
    ip_address text,
    user_agent text,
    trace_id   text
);
CREATE INDEX cancela_audit_account ON cancela_audit (account_id, id);
CREATE INDEX cancela_audit_at ON cancela_audit (at);
