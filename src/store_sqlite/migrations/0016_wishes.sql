-- How sessions should be, and blocks that stay (an empty list is packed as one zero).
ALTER TABLE settings ADD COLUMN min_session_min INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN max_session_min INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN max_task_day_min INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN pause_min INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN preferred BLOB NOT NULL DEFAULT x'00';
ALTER TABLE task ADD COLUMN min_session_min INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN pinned BLOB NOT NULL DEFAULT x'00';
