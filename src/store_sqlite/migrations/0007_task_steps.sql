-- A task's checklist (an empty list is packed as one zero) and how it repeats.
ALTER TABLE task ADD COLUMN checklist BLOB NOT NULL DEFAULT x'00';
ALTER TABLE task ADD COLUMN repeat_unit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN repeat_every INTEGER NOT NULL DEFAULT 1;
ALTER TABLE task ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN next_id BLOB;
