#include "store_sqlite/journal.h"

#include "base/buf.h"
#include "codec/packed.h"

static void pack_account(struct buf *b, const struct account *account)
{
    packed_put_int(b, JOURNAL_ACCOUNT);
    packed_put_bytes(b, account->id.bytes, sizeof account->id.bytes);
    packed_put_int(b, JOURNAL_WHOLE);
    packed_write(b, &account_table, account);
}

static void pack_change(struct buf *b, const struct desk *before, const struct change *change)
{
    packed_put_int(b, change->kind);
    packed_put_bytes(b, change->id.bytes, sizeof change->id.bytes);
    if (!change->entity) {
        packed_put_int(b, JOURNAL_DELETED);
    } else if (change->kind == ENTITY_PLAN) {
        packed_put_int(b, JOURNAL_AFTER);
        packed_write_after(b, &plan_table, change->entity, &before->plan);
    } else {
        packed_put_int(b, JOURNAL_WHOLE);
        packed_write(b, entity_table(change->kind), change->entity);
    }
}

enum status journal_seal(struct ctx *c, const struct cipher *cipher,
                         const struct journal_entry *entry, struct journal_row *row)
{
    struct buf b;
    buf_init(&b, c->arena, 512, JOURNAL_BODY_MAX);
    if (entry->account)
        pack_account(&b, entry->account);
    for (int32_t i = 0; i < entry->count; i++)
        pack_change(&b, entry->before, &entry->changes[i]);
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
