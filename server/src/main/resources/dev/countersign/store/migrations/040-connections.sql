-- Tables of connections. STRICT tables; times are milliseconds since 1970.

-- subject_digest, label_digest: keyed digests, so that no address stands here in clear
-- profile: subject, label and address, sealed for profile_version
-- scopes, provider_scopes: separated by spaces
-- frozen: why it was stopped; trouble: why it must be linked again
-- access_token, refresh_token, previous_token, candidate_token: sealed for version
-- previous_token: the refresh token before the current one; candidate_token: one that came when another had won
-- lease_owner, lease_until: who refreshes now; intent_at: when a refresh was begun whose end is not known
-- refused_at: when the provider first said that the refresh token is not good
CREATE TABLE connection (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    connector TEXT NOT NULL,
    subject_digest TEXT NOT NULL,
    label_digest TEXT NOT NULL,
    profile BLOB NOT NULL,
    profile_version INTEGER NOT NULL,
    scopes TEXT NOT NULL,
    provider_scopes TEXT NOT NULL,
    frozen TEXT,
    trouble TEXT,
    linked_at INTEGER NOT NULL,
    used_at INTEGER,
    access_token BLOB NOT NULL,
    refresh_token BLOB,
    previous_token BLOB,
    candidate_token BLOB,
    token_due_at INTEGER,
    token_expires_at INTEGER,
    version INTEGER NOT NULL,
    lease_owner TEXT,
    lease_until INTEGER,
    intent_at INTEGER,
    refused_at INTEGER,
    UNIQUE (user_id, connector, subject_digest),
    UNIQUE (user_id, label_digest)
) STRICT;
CREATE INDEX connection_refused ON connection (refused_at) WHERE refused_at IS NOT NULL;

-- A person on the way to a provider. The state stands as its digest; the PKCE verifier is sealed.
CREATE TABLE link_request (
    state_digest TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES browser_session (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    connector TEXT NOT NULL,
    verifier BLOB NOT NULL,
    scopes TEXT NOT NULL,
    label TEXT NOT NULL,
    back TEXT NOT NULL,
    account TEXT,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX link_request_of_session ON link_request (session_id);

-- A token that the provider has not yet confirmed to have ended; sealed.
CREATE TABLE revocation (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    connector TEXT NOT NULL,
    token BLOB NOT NULL,
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    give_up_at INTEGER NOT NULL
) STRICT;
CREATE INDEX revocation_due ON revocation (next_at);
