-- x'00': a packed list of nothing.
ALTER TABLE task ADD COLUMN earliest INTEGER;
ALTER TABLE task ADD COLUMN prerequisites BLOB NOT NULL DEFAULT x'00';
