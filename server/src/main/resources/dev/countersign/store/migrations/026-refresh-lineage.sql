-- A refresh token names its grant, so each grant has one row for the token that is valid and the one before it.
-- generation: how many tokens came before the valid one, as it says itself; successor: the valid token, sealed under a key
-- that only the holder of the one before it can derive. Statements as in 020.

CREATE TABLE refresh_lineage (
    grant_id TEXT PRIMARY KEY REFERENCES oauth_grant (id) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    generation INTEGER NOT NULL,
    previous_digest TEXT,
    rotated_at INTEGER,
    successor BLOB
) STRICT, WITHOUT ROWID;
INSERT INTO refresh_lineage
    SELECT valid.grant_id, valid.digest, 0, used.digest, used.rotated_at, used.successor
    FROM refresh_token AS valid
    LEFT JOIN refresh_token AS used ON used.grant_id = valid.grant_id AND used.successor_digest = valid.digest
    WHERE valid.rotated_at IS NULL;

-- Tokens from before that, which name nothing, until they expire.
CREATE TABLE nameless_refresh_token (
    digest TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES oauth_grant (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO nameless_refresh_token SELECT digest, grant_id, expires_at FROM refresh_token;
CREATE INDEX nameless_refresh_token_by_expiry ON nameless_refresh_token (expires_at);
DROP TABLE refresh_token;
