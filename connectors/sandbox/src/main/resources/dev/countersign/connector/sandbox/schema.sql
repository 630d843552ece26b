CREATE TABLE IF NOT EXISTS person (
    id TEXT PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    phone TEXT NOT NULL,
    zone TEXT NOT NULL,
    password TEXT
);

CREATE TABLE IF NOT EXISTS client (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    redirect_uri TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS session (
    hash TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    expires_at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS consent (
    id TEXT PRIMARY KEY,
    client TEXT NOT NULL REFERENCES client (id),
    person TEXT NOT NULL REFERENCES person (id),
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER,
    revoked_why TEXT
);
CREATE INDEX IF NOT EXISTS consent_person ON consent (person, client);

CREATE TABLE IF NOT EXISTS code (
    hash TEXT PRIMARY KEY,
    consent TEXT NOT NULL REFERENCES consent (id),
    redirect_uri TEXT NOT NULL,
    challenge TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
);

CREATE TABLE IF NOT EXISTS access_token (
    hash TEXT PRIMARY KEY,
    consent TEXT NOT NULL REFERENCES consent (id),
    scopes TEXT NOT NULL,
    expires_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS access_token_consent ON access_token (consent);

CREATE TABLE IF NOT EXISTS refresh_token (
    hash TEXT PRIMARY KEY,
    consent TEXT NOT NULL REFERENCES consent (id),
    created_at INTEGER NOT NULL,
    used_at INTEGER
);
CREATE INDEX IF NOT EXISTS refresh_token_consent ON refresh_token (consent);

CREATE TABLE IF NOT EXISTS calendar (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    zone TEXT NOT NULL,
    main INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS calendar_person ON calendar (person);

CREATE TABLE IF NOT EXISTS event (
    id TEXT PRIMARY KEY,
    calendar TEXT NOT NULL REFERENCES calendar (id),
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    location TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    zone TEXT NOT NULL,
    all_day INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    rule TEXT NOT NULL,
    master TEXT REFERENCES event (id),
    original_start TEXT,
    status TEXT NOT NULL,
    busy INTEGER NOT NULL,
    organizer TEXT NOT NULL,
    meeting_url TEXT NOT NULL,
    version INTEGER NOT NULL,
    creation_digest TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS event_calendar ON event (calendar, from_at);
CREATE UNIQUE INDEX IF NOT EXISTS event_occurrence ON event (master, original_start);

CREATE TABLE IF NOT EXISTS attendee (
    event TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    response TEXT NOT NULL,
    optional INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (event, address)
);
CREATE INDEX IF NOT EXISTS attendee_address ON attendee (address);

CREATE TABLE IF NOT EXISTS message (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    thread TEXT NOT NULL,
    folder TEXT NOT NULL,
    folder_before TEXT,
    message_id TEXT NOT NULL,
    in_reply_to TEXT,
    refs TEXT NOT NULL,
    sender_address TEXT NOT NULL,
    sender_name TEXT NOT NULL,
    recipients TEXT NOT NULL,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT,
    at INTEGER NOT NULL,
    is_read INTEGER NOT NULL,
    outgoing INTEGER NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS message_folder ON message (person, folder, at);
CREATE INDEX IF NOT EXISTS message_thread ON message (person, thread);
CREATE INDEX IF NOT EXISTS message_message_id ON message (person, message_id);
CREATE UNIQUE INDEX IF NOT EXISTS message_sent ON message (person, message_id) WHERE outgoing = 1;

CREATE TABLE IF NOT EXISTS attachment (
    id TEXT PRIMARY KEY,
    message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS attachment_message ON attachment (message);

CREATE TABLE IF NOT EXISTS delivery (
    sequence INTEGER PRIMARY KEY,
    message TEXT NOT NULL REFERENCES message (id),
    recipient TEXT NOT NULL,
    arrived INTEGER NOT NULL,
    at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS contact (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    addresses TEXT NOT NULL,
    phones TEXT NOT NULL,
    organization TEXT NOT NULL,
    title TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS contact_person ON contact (person);

CREATE TABLE IF NOT EXISTS setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS folder (
    person TEXT NOT NULL REFERENCES person (id),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (person, id)
);

CREATE TABLE IF NOT EXISTS repeat_key (
    hash TEXT PRIMARY KEY,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS file (
    id TEXT PRIMARY KEY,
    owner_address TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content BLOB NOT NULL,
    updated_at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS file_reader (
    file TEXT NOT NULL REFERENCES file (id) ON DELETE CASCADE,
    person TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (file, person)
);
CREATE INDEX IF NOT EXISTS file_reader_person ON file_reader (person);
