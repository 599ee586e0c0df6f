-- What happened in an account, for its owner to read.
CREATE TABLE audit_entry (
    user BLOB NOT NULL,
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    device TEXT NOT NULL,
    address TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (user, id)
) WITHOUT ROWID;
