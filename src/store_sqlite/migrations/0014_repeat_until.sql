-- The last day of a series of tasks.
ALTER TABLE task ADD COLUMN repeat_until INTEGER;
