-- Tables of risk. STRICT tables; times are milliseconds since 1970; each statement ends with a semicolon at a line's end.

-- One row for each thing noticed. words is sealed under the person's key: it names addresses.
CREATE TABLE risk_signal (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  code TEXT NOT NULL,
  words BLOB NOT NULL,
  figure REAL NOT NULL,
  response TEXT NOT NULL,
  client_id TEXT,
  grant_id TEXT
) STRICT;
CREATE INDEX risk_signal_of_user ON risk_signal (user_id, at);
CREATE INDEX risk_signal_by_time ON risk_signal (at);

-- What a client read, for as long as that counts. found is NULL when it was private data only; otherwise the names in text
-- of others, with its author and source, sealed under the person's key.
CREATE TABLE risk_read (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  found BLOB
) STRICT;
CREATE INDEX risk_read_of_user ON risk_read (user_id, at);
CREATE INDEX risk_read_by_time ON risk_read (at);

-- Calls of a person by effect: the running hour, and mean and variance of those before it. hour counts since 1970.
CREATE TABLE risk_rate (
  user_id TEXT NOT NULL,
  effect TEXT NOT NULL,
  hour INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  hours INTEGER NOT NULL,
  mean REAL NOT NULL,
  variance REAL NOT NULL,
  PRIMARY KEY (user_id, effect)
) STRICT;

-- The running hour's calls of each client.
CREATE TABLE risk_client_calls (
  user_id TEXT NOT NULL,
  effect TEXT NOT NULL,
  client_id TEXT NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (user_id, effect, client_id)
) STRICT;

-- hash_key: sealed under the person's key
CREATE TABLE risk_person (
  user_id TEXT PRIMARY KEY,
  hash_key BLOB NOT NULL
) STRICT;

-- Whom a person reached. hash: HMAC-SHA256 of the address under hash_key, its first 16 bytes.
CREATE TABLE risk_recipient (
  user_id TEXT NOT NULL,
  hash BLOB NOT NULL,
  first_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, hash)
) STRICT;

-- The domains of those; hash as above, domain sealed under the person's key.
CREATE TABLE risk_domain (
  user_id TEXT NOT NULL,
  hash BLOB NOT NULL,
  domain BLOB NOT NULL,
  first_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, hash)
) STRICT;
