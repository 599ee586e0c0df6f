#include "store_sqlite/journal.h"

#include "base/buf.h"
#include "codec/packed.h"

static void pack_account(struct buf *b, const struct account *account)
{
    packed_put_int(b, JOURNAL_ACCOUNT);
    packed_put_bytes(b, account->id.bytes, sizeof account->id.bytes);
    packed_put_int(b, 1);
    packed_write(b, &account_table, account);
}

enum status journal_seal(struct ctx *c, const struct cipher *cipher, const struct account *account,
                         const struct change *changes, int32_t count, struct journal_row *row)
{
    struct buf b;
    buf_init(&b, c->arena, 512, JOURNAL_BODY_MAX);
    if (account)
        pack_account(&b, account);
    for (int32_t i = 0; i < count; i++) {
        packed_put_int(&b, changes[i].kind);
        packed_put_bytes(&b, changes[i].id.bytes, sizeof changes[i].id.bytes);
        packed_put_int(&b, changes[i].entity != NULL);
        if (changes[i].entity)
            packed_write(&b, entity_table(changes[i].kind), changes[i].entity);
    }
    if (b.overflowed)
        return fail_memory(c);
    return cipher->seal(cipher->self, c, row->user, buf_str(&b), &row->body);
}

enum status journal_add(struct ctx *c, struct db *db, const struct journal_row *row)
{
    sqlite3_stmt *q = db_query(db, c, Q_ADD_JOURNAL,
                               "INSERT INTO journal(user, rev, at, op_id, body) "
                               "VALUES(?1, nullif(?2, 0), ?3, ?4, ?5)");
    bind_id(q, 1, &row->user);
    bind_int(q, 2, row->rev);
    bind_instant(q, 3, row->at);
    bind_id(q, 4, &row->op_id);
    bind_blob(q, 5, row->body);
    return db_run(db, c, q);
}
