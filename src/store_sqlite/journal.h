/*
 * The journal: one row per commit, in the order of commits, whose body is sealed under the user's
 * key. Backups ship it and restore by it. Private to store_sqlite/.
 *
 * A body is packed (codec/packed.h): for each change the kind (JOURNAL_ACCOUNT or an entity_kind),
 * the id's 16 bytes, 1 and the entity, or 0 for a deletion.
 */
#ifndef STORE_SQLITE_JOURNAL_H
#define STORE_SQLITE_JOURNAL_H

#include "model/account.h"
#include "port/cipher.h"
#include "store_sqlite/db.h"

enum {
    JOURNAL_ACCOUNT = 100, /* the kind under which an account is written */
    JOURNAL_BODY_MAX = 48 * 1024 * 1024
};

struct journal_row {
    struct id user;
    int64_t rev; /* the desk's after the commit; 0: only the account changed */
    struct instant at;
    struct id op_id; /* none: the commit was no user's operation */
    struct str body; /* sealed */
};

/* Packs and seals what a commit does; `account` or `changes` may be absent. Done by the caller's
 * thread, so that the writer only stores. The versions inside count for nothing: the row's rev
 * does. */
MUST_USE enum status journal_seal(struct ctx *c, const struct cipher *cipher,
                                  const struct account *account, const struct change *changes,
                                  int32_t count, struct journal_row *row);

/* Appends a row; for the writer. */
MUST_USE enum status journal_add(struct ctx *c, struct db *db, const struct journal_row *row);

#endif
