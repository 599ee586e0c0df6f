-- Breaks, and how long before it is due a task is to be finished.
ALTER TABLE settings ADD COLUMN break_after_min INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN break_min INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN buffer_min INTEGER NOT NULL DEFAULT 0;
