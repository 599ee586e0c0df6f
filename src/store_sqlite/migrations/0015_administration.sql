-- Administrators, accounts that are switched off, room for files, and links to sign up with.
ALTER TABLE account ADD COLUMN admin INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN disabled INTEGER;
ALTER TABLE account ADD COLUMN storage_mib INTEGER NOT NULL DEFAULT 0;

CREATE TABLE invitation (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    note TEXT NOT NULL,
    admin INTEGER NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL
) WITHOUT ROWID;
