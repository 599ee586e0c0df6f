-- What every peer stores: the least that does the same work as StudyBunny's requests.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY, -- SHA-256 of the bearer token, hexadecimal
    account_id TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    expires TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE desks (
    account_id TEXT PRIMARY KEY,
    rev INTEGER NOT NULL
) WITHOUT ROWID;

-- Instants are kept as they are sent, so that no peer pays for formatting them.
CREATE TABLE tasks (
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    notes TEXT NOT NULL,
    course_id TEXT,
    estimate_min INTEGER NOT NULL,
    worked_min INTEGER NOT NULL,
    remaining_min INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    due TEXT NOT NULL,
    state TEXT NOT NULL,
    created TEXT NOT NULL,
    completed TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (account_id, id)
) WITHOUT ROWID;

CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY,
    account_id TEXT NOT NULL,
    rev INTEGER NOT NULL,
    at TEXT NOT NULL,
    change TEXT NOT NULL
);
