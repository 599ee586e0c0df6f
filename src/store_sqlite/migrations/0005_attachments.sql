-- Files of tasks. The bytes lie in the media folder under their key.
CREATE TABLE attachment (
    user BLOB NOT NULL,
    id BLOB NOT NULL,
    task_id BLOB NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    type TEXT,
    state INTEGER NOT NULL,
    created INTEGER NOT NULL,
    trashed INTEGER,
    sha256 BLOB NOT NULL,
    key BLOB NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (user, id)
) WITHOUT ROWID;
CREATE INDEX attachment_key ON attachment (key);
CREATE INDEX attachment_trashed ON attachment (trashed) WHERE trashed IS NOT NULL;
CREATE INDEX attachment_uploading ON attachment (created) WHERE state = 0;
