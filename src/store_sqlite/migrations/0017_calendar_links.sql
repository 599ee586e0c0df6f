-- Secret links to the plan as a calendar.
CREATE TABLE calendar_link (
    user BLOB NOT NULL,
    id BLOB NOT NULL,
    hash BLOB NOT NULL,
    created INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (user, id)
) WITHOUT ROWID;
CREATE INDEX calendar_link_hash ON calendar_link (hash);
