-- One data key for each person, wrapped under a key of the key file. Deleting the row makes all that was sealed with it
-- unreadable.
CREATE TABLE user_key (
    user_id TEXT NOT NULL,
    dek_version INTEGER NOT NULL,
    kek_id TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, dek_version)
) STRICT;
