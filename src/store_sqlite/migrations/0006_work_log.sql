-- The log of work, and the timer that runs.
CREATE TABLE work_entry (
    user BLOB NOT NULL,
    id BLOB NOT NULL,
    task_id BLOB NOT NULL,
    course_id BLOB,
    start INTEGER NOT NULL,
    "end" INTEGER,
    minutes INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    state INTEGER NOT NULL,
    focus_min INTEGER NOT NULL,
    break_min INTEGER NOT NULL,
    note TEXT NOT NULL,
    counted_min INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (user, id)
) WITHOUT ROWID;
