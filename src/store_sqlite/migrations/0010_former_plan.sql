-- What an accepted plan replaced, so that it can be taken back (an empty list is packed as one zero).
ALTER TABLE plan ADD COLUMN former BLOB NOT NULL DEFAULT x'00';
ALTER TABLE plan ADD COLUMN former_made INTEGER;
ALTER TABLE plan ADD COLUMN former_pace_num INTEGER;
ALTER TABLE plan ADD COLUMN former_pace_den INTEGER;
ALTER TABLE plan ADD COLUMN former_limit_num INTEGER;
ALTER TABLE plan ADD COLUMN former_limit_den INTEGER;
