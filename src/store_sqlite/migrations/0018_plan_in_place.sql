-- A plan is changed at nearly every commit. As a row of a table with row ids up to 4 kB of it stand
-- in one page, and it is changed where it stands; keyed by the user, all beyond 1 kB went to pages
-- of overflow, given back and taken again.
CREATE TABLE plan_in_place (
    user BLOB NOT NULL UNIQUE,
    blocks BLOB NOT NULL,
    made INTEGER,
    pace_num INTEGER,
    pace_den INTEGER,
    limit_num INTEGER,
    limit_den INTEGER,
    version INTEGER NOT NULL,
    former BLOB NOT NULL DEFAULT x'00',
    former_made INTEGER,
    former_pace_num INTEGER,
    former_pace_den INTEGER,
    former_limit_num INTEGER,
    former_limit_den INTEGER,
    past BLOB NOT NULL DEFAULT x'00',
    recorded INTEGER
);
INSERT INTO plan_in_place SELECT * FROM plan;
DROP TABLE plan;
ALTER TABLE plan_in_place RENAME TO plan;
