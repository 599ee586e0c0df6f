/*
 * Connections for reading, lent to one thread at a time. Made when first needed, at most
 * READERS_MAX. Private to store_sqlite/.
 */
#ifndef STORE_SQLITE_READERS_H
#define STORE_SQLITE_READERS_H

#include "store_sqlite/db.h"

enum {
    READERS_MAX = 8,
    READER_WAIT_MS = 3000 /* for one to be free; then ST_UNAVAILABLE */
};

struct readers;

/* `config` (its writer flag ignored) is kept; its texts outlive the readers. */
MUST_USE enum status readers_open(struct ctx *c, const struct db_config *config,
                                  struct readers **out);
void readers_close(struct readers *r);

MUST_USE enum status readers_take(struct ctx *c, struct readers *r, struct db **out);
void readers_give(struct readers *r, struct db *db);

#endif
