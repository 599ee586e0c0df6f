/*
 * The journal: one row per commit, in the order of commits, whose body is sealed under the user's
 * key. Backups ship it and restore by it. Private to store_sqlite/.
 *
 * A body is packed (codec/packed.h): for each change the kind (JOURNAL_ACCOUNT or an entity_kind),
 * the id's 16 bytes, and an enum journal_form. A plan is told by the one before, for most of its
 * blocks stay: whole it would be nine tenths of the journal. So a desk's rows are good only in
 * their order, from a desk on whose revision the first of them follows.
 */
#ifndef STORE_SQLITE_JOURNAL_H
#define STORE_SQLITE_JOURNAL_H

#include "model/account.h"
#include "port/cipher.h"
#include "store_sqlite/db.h"

/* How an entity stands in a body. */
enum journal_form { JOURNAL_DELETED, JOURNAL_WHOLE, JOURNAL_AFTER };

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

/* What a commit does: an account, or changes to the desk `before` them, or both. */
struct journal_entry {
    const struct account *account; /* or NULL */
    const struct desk *before;
    const struct change *changes;
    int32_t count;
};

/* Packs and seals. Done by the caller's thread, so that the writer only stores. The versions inside
 * count for nothing: the row's rev does. */
MUST_USE enum status journal_seal(struct ctx *c, const struct cipher *cipher,
                                  const struct journal_entry *entry, struct journal_row *row);

/* Appends a row; for the writer. */
MUST_USE enum status journal_add(struct ctx *c, struct db *db, const struct journal_row *row);

#endif
