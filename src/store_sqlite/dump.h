/*
 * All rows of a data folder's database, owner by owner, and back into a new database: what
 * snapshots (backup/) are made of.
 *
 * Rows are taken as they stand in their tables, under the schema's own number, so neither side
 * knows an entity, and what an older program wrote comes back as it was; opening the store then
 * brings it up to date. A table belongs to owners by its column "user" or "account_id" (or is
 * "account"); the rows of other tables belong to the installation, whose owner is none. Left out
 * are the journal, which is a backup itself, answers that live for minutes, notes of erasures, and
 * invitations: one that was used must not be good again after a restore.
 *
 * A record: for each table with rows its name, its columns, the rows; at last an empty name. Texts
 * begin with their length; values have a mark of their type (dump.c).
 */
#ifndef STORE_SQLITE_DUMP_H
#define STORE_SQLITE_DUMP_H

#include "base/id.h"
#include "base/status.h"
#include "base/str.h"
#include "port/media.h"

enum {
    DUMP_RECORD_MAX = 48 * 1024 * 1024, /* bytes of one owner; above what a desk's limits allow */
    DUMP_TABLES_MAX = 64,
    DUMP_COLUMNS_MAX = 64
};

struct dump_state {
    int64_t schema;   /* its number */
    int64_t sequence; /* of the last row of the journal: what is dumped contains its effect */
};

struct dump_sink {
    enum status (*begin)(void *self, struct ctx *c, const struct dump_state *state);
    /* `rows` is valid during the call; the request's arena is reset after it. */
    enum status (*record)(void *self, struct ctx *c, struct id owner, struct str rows);
    void *self;
};

/* Dumps the folder's database, all of one moment, beside whoever uses it in this process. `c` has
 * an arena of its own that is reset between records. Causes: what the sink returns, ST_INTERNAL,
 * ST_NOT_FOUND (there is no database). */
MUST_USE enum status store_sqlite_dump(struct ctx *c, const char *folder,
                                       const struct dump_sink *sink);

/* Whether the folder's database has such an account by now. */
MUST_USE enum status store_sqlite_has_account(struct ctx *c, const char *folder, struct id account,
                                              bool *out);

struct loader;

/* The newest schema that can be loaded. */
int64_t load_newest(void);

/* A new database in the file `path`, or in memory (NULL), of that schema. ST_CONFLICT: the schema
 * is newer than this program. */
MUST_USE enum status load_open(struct ctx *c, const char *path, int64_t schema,
                               struct loader **out);

/* Adds an owner's rows. ST_INTERNAL: the bytes are no record, or the schema refuses them. */
MUST_USE enum status load_record(struct ctx *c, struct loader *l, struct str rows, int64_t *count);

/* The files that the rows loaded for an owner say are whole, in the request's arena. */
MUST_USE enum status load_files(struct ctx *c, struct loader *l, struct id owner,
                                struct media_object **out, int32_t *count);

/* Takes everything out again that was added: for trying records one by one. */
MUST_USE enum status load_undo(struct ctx *c, struct loader *l);

/* Makes what was added durable, the journal going on behind `sequence` and each desk behind every
 * revision that it may have had, and looks whether the database is sound. */
MUST_USE enum status load_finish(struct ctx *c, struct loader *l, int64_t sequence);

/* NULL is allowed. */
void load_close(struct loader *l);

#endif
