-- Tables of oauth. STRICT tables; times are milliseconds since 1970; each statement ends with a semicolon at a line's end.

-- sealed: the private JWK under the key ring
CREATE TABLE signing_key (
    kid TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    signs_until INTEGER NOT NULL
) STRICT;

-- Clients that registered themselves, RFC 7591. Lists are separated by spaces.
CREATE TABLE registered_client (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    redirect_uris TEXT NOT NULL,
    authentication TEXT NOT NULL,
    secret_digest TEXT,
    refreshes INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- A question to a person in one browser, taken once.
CREATE TABLE consent_request (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_name TEXT NOT NULL,
    client_host TEXT NOT NULL,
    refreshes INTEGER NOT NULL,
    redirect_uri TEXT NOT NULL,
    scopes TEXT NOT NULL,
    state TEXT,
    code_challenge TEXT NOT NULL,
    authenticated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- redeemed_at stays for as long as a second use must be told from an unknown code.
CREATE TABLE authorization_code (
    digest TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_name TEXT NOT NULL,
    client_host TEXT NOT NULL,
    refreshes INTEGER NOT NULL,
    redirect_uri TEXT NOT NULL,
    scopes TEXT NOT NULL,
    code_challenge TEXT NOT NULL,
    authenticated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    redeemed_at INTEGER
) STRICT;

-- redirect: the redirect URI, without the port when it is loopback
CREATE TABLE oauth_grant (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_name TEXT NOT NULL,
    client_host TEXT NOT NULL,
    redirect TEXT NOT NULL,
    scopes TEXT NOT NULL,
    authenticated_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    revoked_because TEXT
) STRICT;
CREATE INDEX oauth_grant_of_user ON oauth_grant (user_id, client_id);
CREATE INDEX oauth_grant_of_client ON oauth_grant (client_id);

-- successor: the next token, sealed under a key that only the holder of this token can derive
CREATE TABLE refresh_token (
    digest TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES oauth_grant (id) ON DELETE CASCADE,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    rotated_at INTEGER,
    successor_digest TEXT,
    successor BLOB
) STRICT;
CREATE INDEX refresh_token_of_grant ON refresh_token (grant_id);
