-- What was planned on each date (an empty list is packed as one zero), and until when that is known.
ALTER TABLE plan ADD COLUMN past BLOB NOT NULL DEFAULT x'00';
ALTER TABLE plan ADD COLUMN recorded INTEGER;
