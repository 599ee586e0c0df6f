-- Plans that gave way to another, to be gone back to. Their blocks take some kilobytes, so the table
-- has row ids (see 0018).
CREATE TABLE former_plan (
    user BLOB NOT NULL,
    id BLOB NOT NULL,
    ended INTEGER NOT NULL,
    why INTEGER NOT NULL,
    moved_min INTEGER NOT NULL,
    made INTEGER,
    pace_num INTEGER NOT NULL,
    pace_den INTEGER NOT NULL,
    limit_num INTEGER NOT NULL,
    limit_den INTEGER NOT NULL,
    blocks BLOB NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (user, id)
);
