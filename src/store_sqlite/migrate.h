/*
 * The schema's versions: SQL files in migrations/, numbered from 1, built into the program, applied
 * in order and never changed once released. The database knows its number (user_version). Private
 * to store_sqlite/.
 */
#ifndef STORE_SQLITE_MIGRATE_H
#define STORE_SQLITE_MIGRATE_H

#include "store_sqlite/db.h"

struct migration {
    const char *name;
    const char *sql;
};

/* All of them in order, ended by a NULL name; generated from migrations/ by the build. */
extern const struct migration migrations[];

struct before_migration;

/* Brings the schema up to date in one transaction, `before` having been called: a failure leaves
 * the database as it was.
 * ST_CONFLICT: the database is newer than this program, or another program's. */
MUST_USE enum status migrate(struct ctx *c, struct db *db, const struct before_migration *before);

/* Makes an empty database that of schema number `to`, 1 … the newest. */
MUST_USE enum status migrate_empty(struct ctx *c, struct db *db, int64_t to);

/* The newest schema's number. */
int64_t migrations_newest(void);

#endif
