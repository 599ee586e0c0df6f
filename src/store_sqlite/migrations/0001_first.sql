-- Columns that belong to an entity come in the order of its field table; ids and digests are BLOBs,
-- instants milliseconds since 1970, ratios two columns, lists packed.

CREATE TABLE account (
    id BLOB NOT NULL PRIMARY KEY,
    login_key TEXT NOT NULL UNIQUE,
    email TEXT,
    kind INTEGER NOT NULL,
    password_hash TEXT,
    session_epoch INTEGER NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER,
    version INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX account_expires ON account (expires) WHERE expires IS NOT NULL;

CREATE TABLE session (
    token_hash BLOB NOT NULL PRIMARY KEY,
    account_id BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    created INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    expires INTEGER
) WITHOUT ROWID;
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expires ON session (expires) WHERE expires IS NOT NULL;

CREATE TABLE desk (
    user BLOB NOT NULL PRIMARY KEY,
    rev INTEGER NOT NULL,
    oldest_cursor INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE settings (
    user BLOB NOT NULL PRIMARY KEY,
    zone TEXT NOT NULL,
    pace_num INTEGER,
    pace_den INTEGER,
    limit_num INTEGER,
    limit_den INTEGER,
    version INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE availability (
    user BLOB NOT NULL PRIMARY KEY,
    week BLOB NOT NULL,
    version INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE plan (
    user BLOB NOT NULL PRIMARY KEY,
    blocks BLOB NOT NULL,
    made INTEGER,
    pace_num INTEGER,
    pace_den INTEGER,
    limit_num INTEGER,
    limit_den INTEGER,
    version INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE course (
    user BLOB NOT NULL,
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    color INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (user, id)
) WITHOUT ROWID;

CREATE TABLE task (
    user BLOB NOT NULL,
    id BLOB NOT NULL,
    title TEXT NOT NULL,
    notes TEXT NOT NULL,
    course_id BLOB,
    estimate_min INTEGER NOT NULL,
    worked_min INTEGER NOT NULL,
    remaining_min INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    due INTEGER NOT NULL,
    state INTEGER NOT NULL,
    created INTEGER NOT NULL,
    completed INTEGER,
    version INTEGER NOT NULL,
    PRIMARY KEY (user, id)
) WITHOUT ROWID;

-- What was deleted, and by which revision of the desk.
CREATE TABLE tombstone (
    user BLOB NOT NULL,
    kind INTEGER NOT NULL,
    id BLOB NOT NULL,
    rev INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (user, rev, kind, id)
) WITHOUT ROWID;

-- The last operations of a desk, so that a repeated request is answered as the first was.
CREATE TABLE op (
    user BLOB NOT NULL,
    id BLOB NOT NULL,
    rev INTEGER NOT NULL,
    request BLOB NOT NULL,
    outcome INTEGER NOT NULL,
    reply BLOB NOT NULL,
    PRIMARY KEY (user, id)
) WITHOUT ROWID;

-- Answers to account operations, kept for minutes under the hash of their key.
CREATE TABLE reply (
    key BLOB NOT NULL PRIMARY KEY,
    request BLOB NOT NULL,
    body BLOB NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX reply_at ON reply (at);

-- Every change, in the order of commits, for backups. rev is NULL where only the account changed.
-- The body is sealed under the user's key.
CREATE TABLE journal (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    user BLOB NOT NULL,
    rev INTEGER,
    at INTEGER NOT NULL,
    op_id BLOB,
    body BLOB NOT NULL
);
CREATE INDEX journal_user ON journal (user);

-- Users whose rows are gone and whose key is still to be destroyed.
CREATE TABLE erasure (
    user BLOB NOT NULL PRIMARY KEY
) WITHOUT ROWID;
