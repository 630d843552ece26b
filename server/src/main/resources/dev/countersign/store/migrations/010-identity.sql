-- Tables of identity. STRICT tables; times are milliseconds since 1970; each statement ends with a semicolon at a line's end.

-- password: PHC string of Argon2id
CREATE TABLE person (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    zone TEXT NOT NULL,
    administrator INTEGER NOT NULL,
    password TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- The cookie's token stands as its digest; the CSRF token is derived from the cookie's token and not stored.
CREATE TABLE browser_session (
    id TEXT PRIMARY KEY,
    token_digest TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    signed_in_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL
) STRICT;
CREATE INDEX browser_session_of_user ON browser_session (user_id);

-- subject: digest of an account's mail address or of a network address
CREATE TABLE sign_in_throttle (
    subject TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    refused_until INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT;

-- The one-time link that makes the first person; at most one row.
CREATE TABLE first_run (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    token_digest TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
