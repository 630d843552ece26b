-- One decision a row; hash covers the row and the hash before it.
CREATE TABLE audit_event (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    user_id TEXT NOT NULL,
    client_id TEXT,
    subject TEXT NOT NULL,
    decision TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_event_of_user ON audit_event (user_id, sequence);
-- The end of the chain, so that rows missing at the end are noticed.
CREATE TABLE audit_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    sequence INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
