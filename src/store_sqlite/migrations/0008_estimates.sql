-- 0: planned with as typed.
ALTER TABLE settings ADD COLUMN estimates INTEGER NOT NULL DEFAULT 0;
