-- Calendars of others, and what stands in them.
CREATE TABLE feed (
    user BLOB NOT NULL,
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    product INTEGER NOT NULL,
    read INTEGER NOT NULL,
    left_out INTEGER NOT NULL,
    remarks BLOB NOT NULL,
    created INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (user, id)
) WITHOUT ROWID;
CREATE TABLE feed_item (
    user BLOB NOT NULL,
    id BLOB NOT NULL,
    feed_id BLOB NOT NULL,
    key BLOB NOT NULL,
    state INTEGER NOT NULL,
    news INTEGER NOT NULL,
    form INTEGER NOT NULL,
    category INTEGER NOT NULL,
    suggested INTEGER NOT NULL,
    course TEXT,
    notes TEXT NOT NULL,
    estimate_min INTEGER NOT NULL,
    entity_id BLOB,
    "now" BLOB NOT NULL,
    before BLOB,
    version INTEGER NOT NULL,
    PRIMARY KEY (user, id)
) WITHOUT ROWID;
