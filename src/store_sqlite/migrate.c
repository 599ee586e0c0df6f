#include "store_sqlite/migrate.h"

#include <stdio.h>

#include "store_sqlite/sqlite.h"

enum {
    APPLICATION_ID = 0x53427564 /* "SBud": tells file(1), and us, whose database it is */
};

int64_t migrations_newest(void)
{
    int64_t n = 0;
    while (migrations[n].name)
        n++;
    return n;
}

static enum status apply_all(struct ctx *c, struct db *db, int64_t from, int64_t to)
{
    char text[96];
    enum status st = ST_OK;
    for (int64_t i = from; st == ST_OK && i < to; i++)
        st = db_script(db, c, migrations[i].sql);
    snprintf(text, sizeof text, "PRAGMA user_version = %lld; PRAGMA application_id = %d;",
             (long long)to, APPLICATION_ID);
    return st == ST_OK ? db_script(db, c, text) : st;
}

enum status migrate_empty(struct ctx *c, struct db *db, int64_t to)
{
    enum status st = db_script(db, c, "BEGIN IMMEDIATE");
    if (st == ST_OK)
        st = apply_all(c, db, 0, to);
    return st == ST_OK ? db_script(db, c, "COMMIT") : st;
}

enum status migrate(struct ctx *c, struct db *db, const struct before_migration *before)
{
    int64_t version = 0;
    int64_t application = 0;
    int64_t tables = 0;
    enum status st = db_number(db, c, "PRAGMA user_version", &version);
    if (st == ST_OK)
        st = db_number(db, c, "PRAGMA application_id", &application);
    if (st == ST_OK)
        st = db_number(db, c, "SELECT count(*) FROM sqlite_schema", &tables);
    if (st != ST_OK)
        return st;
    if (application != APPLICATION_ID && (tables > 0 || application != 0))
        return fail(c, ST_CONFLICT, "", "the database is not one of StudyBunny");
    if (version > migrations_newest())
        return fail(
            c, ST_CONFLICT, "",
            "the database is of a newer StudyBunny: its schema is number %lld, this program "
            "knows %lld; use the newer program",
            (long long)version, (long long)migrations_newest());
    if (version == migrations_newest())
        return ST_OK;
    if (version > 0 && before->run)
        st = before->run(before->self, c, version, migrations_newest());
    if (st != ST_OK)
        return st;

    st = db_script(db, c, "BEGIN IMMEDIATE");
    if (st == ST_OK)
        st = apply_all(c, db, version, migrations_newest());
    if (st == ST_OK)
        st = db_script(db, c, "COMMIT");
    if (st != ST_OK && !sqlite3_get_autocommit(db->handle))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    return st;
}
