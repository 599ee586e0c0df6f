/*
 * Connections for reading, lent to one thread at a time. Made when first needed, at most
 * READERS_MAX. Private to store_sqlite/.
 */
#ifndef STORE_SQLITE_READERS_H
#define STORE_SQLITE_READERS_H

#include "store_sqlite/rows.h"

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

/* One query by a reader that is lent for it. */
struct question {
    struct readers *readers;
    struct db *db;
    sqlite3_stmt *query; /* to be bound */
};

MUST_USE enum status question_ask(struct ctx *c, struct readers *r, enum query number,
                                  const char *text, struct question *out);

/* Gives the reader back; the two below have done so. */
void question_end(struct question *q);

/* The first row. ST_NOT_FOUND (no fault recorded): there is none. `read` may be NULL. */
MUST_USE enum status question_row(struct ctx *c, struct question *q, row_reader *read, void *item);

/* Up to `n` rows as items of `size` bytes in the request's arena. */
MUST_USE enum status question_list(struct ctx *c, struct question *q, int32_t n, size_t size,
                                   row_reader *read, struct list *out);

#endif
