#include "codec/packed.h"
#include "store_sqlite/rows.h"
#include "store_sqlite/state.h"

/* A reply is packed: the number of entities; for each its kind, its id, and 1 and the entity, or 0
 * for what was deleted. */

enum {
    REPLY_BYTES_MAX = 8 * 1024 * 1024, /* of one operation */
    REPLY_ITEMS_MAX = 65536,
    TRIM_EVERY = 32 /* commits of a desk: so many more than OPS_KEPT are kept */
};

enum status ops_pack(struct ctx *c, const struct op *op, struct str *out)
{
    struct buf b;
    buf_init(&b, c->arena, 256, REPLY_BYTES_MAX);
    packed_put_int(&b, op->reply_count);
    for (int32_t i = 0; i < op->reply_count; i++) {
        const struct change *item = &op->reply[i];
        packed_put_int(&b, item->kind);
        packed_put_bytes(&b, item->id.bytes, sizeof item->id.bytes);
        packed_put_int(&b, item->entity != NULL);
        if (item->entity)
            packed_write(&b, entity_table(item->kind), item->entity);
    }
    *out = buf_str(&b);
    return b.overflowed ? fail_memory(c) : ST_OK;
}

static enum status take_item(struct ctx *c, struct str *rest, struct change *out)
{
    int64_t kind = 0;
    int64_t present = 0;
    enum status st = packed_take_int(c, rest, &kind);
    if (st == ST_OK)
        st = packed_take_bytes(c, rest, sizeof out->id.bytes, out->id.bytes);
    if (st == ST_OK)
        st = packed_take_int(c, rest, &present);
    if (st != ST_OK)
        return st;
    if (kind <= 0 || kind >= ENTITY_KINDS || !entity_table((enum entity_kind)kind))
        return fail_as(c, ST_INTERNAL, "", "damaged", "the database holds a damaged reply");
    out->kind = (enum entity_kind)kind;
    if (!present)
        return ST_OK;
    const struct table *t = entity_table(out->kind);
    void *entity = arena_alloc(c->arena, t->size);
    out->entity = entity;
    return entity ? packed_take(c, rest, t, c->arena, entity) : fail_memory(c);
}

static enum status unpack(struct ctx *c, struct str packed, struct op *out)
{
    int64_t count = 0;
    enum status st = packed_take_int(c, &packed, &count);
    if (st == ST_OK && (count < 0 || count > REPLY_ITEMS_MAX))
        st = fail_as(c, ST_INTERNAL, "", "damaged", "the database holds a damaged reply");
    if (st != ST_OK)
        return st;
    struct change *items = ARENA_ARRAY(c->arena, struct change, (size_t)count + 1);
    if (!items)
        return fail_memory(c);
    for (int64_t i = 0; st == ST_OK && i < count; i++)
        st = take_item(c, &packed, &items[i]);
    out->reply = items;
    out->reply_count = (int32_t)count;
    return st;
}

static enum status find_op(struct ctx *c, struct db *db, const struct id *user,
                           const struct id *op_id, struct op *out)
{
    sqlite3_stmt *q =
        db_query(db, c, Q_FIND_OP,
                 "SELECT rev, request, outcome, reply FROM op WHERE user = ?1 AND id = ?2");
    bind_id(q, 1, user);
    bind_id(q, 2, op_id);
    enum status st = db_row(db, c, q);
    if (st != ST_OK)
        return st;
    *out = (struct op){
        .id = *op_id, .rev = sqlite3_column_int64(q, 0), .outcome = sqlite3_column_int(q, 2)};
    st = read_digest(c, q, 1, &out->request);
    if (st == ST_OK)
        st = unpack(c, read_blob(q, 3), out);
    db_reset(q);
    return st;
}

enum status sqlite_find_op(void *self, struct ctx *c, struct id user, struct id op_id,
                           struct op *out)
{
    struct sqlite_state *s = self;
    struct db *db;
    enum status st = readers_take(c, s->readers, &db);
    if (st != ST_OK)
        return st;
    st = find_op(c, db, &user, &op_id, out);
    readers_give(s->readers, db);
    return st;
}

/* The newest revision whose operation is no longer kept; 0: all are. */
static enum status first_to_forget(struct ctx *c, struct db *db, const struct id *user,
                                   int64_t *rev)
{
    sqlite3_stmt *q =
        db_query(db, c, Q_SIZES_OF_OPS,
                 "SELECT rev, length(reply) FROM op WHERE user = ?1 ORDER BY rev DESC");
    bind_id(q, 1, user);
    int64_t bytes = 0;
    int32_t count = 0;
    enum status st;
    *rev = 0;
    while ((st = db_row(db, c, q)) == ST_OK) {
        bytes += sqlite3_column_int64(q, 1);
        if (++count > OPS_KEPT || (bytes > OPS_KEPT_BYTES && count > 1)) {
            *rev = sqlite3_column_int64(q, 0);
            break;
        }
    }
    db_reset(q);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status trim(struct ctx *c, struct db *db, const struct id *user)
{
    int64_t rev;
    enum status st = first_to_forget(c, db, user, &rev);
    if (st != ST_OK || rev == 0)
        return st;
    sqlite3_stmt *q = db_query(db, c, Q_FORGET_OPS, "DELETE FROM op WHERE user = ?1 AND rev <= ?2");
    bind_id(q, 1, user);
    bind_int(q, 2, rev);
    return db_run(db, c, q);
}

enum status ops_add(struct ctx *c, struct db *db, const struct id *user, const struct op *op,
                    struct str packed, int64_t rev)
{
    sqlite3_stmt *q = db_query(db, c, Q_ADD_OP,
                               "INSERT INTO op(user, id, rev, request, outcome, reply) "
                               "VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
    bind_id(q, 1, user);
    bind_id(q, 2, &op->id);
    bind_int(q, 3, rev);
    bind_digest(q, 4, &op->request);
    bind_int(q, 5, op->outcome);
    bind_blob(q, 6, packed);
    int code;
    enum status st = db_run_unique(db, c, q, &code);
    if (st == ST_CONFLICT)
        return fail_as(c, ST_CONFLICT, "", "repeated", "the operation was carried out already");
    if (st == ST_OK && packed.len > OPS_KEPT_BYTES / TRIM_EVERY)
        st = trim(c, db, user);
    return st;
}

enum status ops_thin(struct ctx *c, struct db *db, const struct id *user, int64_t rev)
{
    return rev % TRIM_EVERY == 0 ? trim(c, db, user) : ST_OK;
}
