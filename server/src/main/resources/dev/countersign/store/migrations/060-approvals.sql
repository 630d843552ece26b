-- Tables of approvals. STRICT tables; times are milliseconds since 1970; each statement ends with a semicolon at a line's end.

-- One row for each frozen call. state moves by compare-and-set only. live_key is set as long as the identical call gets
-- this row instead of a new one. snapshot and outcome are sealed under the person's key and NULL once erased.
CREATE TABLE approval (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  client_name TEXT NOT NULL,
  grant_id TEXT NOT NULL,
  tool TEXT NOT NULL,
  tool_title TEXT NOT NULL,
  tier TEXT NOT NULL,
  digest TEXT NOT NULL,
  live_key TEXT UNIQUE,
  state TEXT NOT NULL CHECK (state IN
    ('PENDING', 'APPROVED', 'DENIED', 'EXPIRED', 'SUPERSEDED', 'CLAIMED', 'EXECUTED', 'FAILED', 'UNKNOWN')),
  snapshot BLOB,
  outcome BLOB,
  asked_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  decided_at INTEGER,
  decided_by TEXT CHECK (decided_by IN ('PERSON', 'CLIENT', 'POLICY')),
  evidence_session TEXT,
  evidence_agent TEXT,
  evidence_auth_at INTEGER,
  ended_at INTEGER,
  delivered_at INTEGER,
  node TEXT,
  process TEXT,
  lease_until INTEGER,
  attempt INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX approval_of_user ON approval (user_id, asked_at);
CREATE INDEX approval_of_grant ON approval (grant_id, state);
CREATE INDEX approval_in_state ON approval (state, expires_at);
CREATE INDEX approval_with_content ON approval (ended_at) WHERE snapshot IS NOT NULL;

-- The process that runs as each node now: what an earlier process of the same node had claimed, nobody works on.
CREATE TABLE approval_node (
  node TEXT PRIMARY KEY,
  process TEXT NOT NULL,
  started_at INTEGER NOT NULL
) STRICT;
