-- Fixed commitments, and free hours of single days.

CREATE TABLE event (
    user BLOB NOT NULL,
    id BLOB NOT NULL,
    title TEXT NOT NULL,
    notes TEXT NOT NULL,
    place TEXT NOT NULL,
    course_id BLOB,
    date INTEGER NOT NULL,
    end_date INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    zone TEXT,
    rule TEXT,
    busy INTEGER NOT NULL,
    skipped BLOB NOT NULL,
    moved BLOB NOT NULL,
    created INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (user, id)
) WITHOUT ROWID;

-- An empty list is one byte, its length.
ALTER TABLE availability ADD COLUMN exceptions BLOB NOT NULL DEFAULT x'00';
