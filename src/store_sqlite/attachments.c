#include "store_sqlite/rows.h"
#include "store_sqlite/state.h"

/* What is asked about the attachments of all users: for clearing away what nobody needs. */

static enum status read_ref(struct ctx *c, sqlite3_stmt *q, void *item)
{
    struct attachment_ref *out = item;
    enum status st = read_id(c, q, 0, &out->user);
    return st == ST_OK ? read_id(c, q, 1, &out->id) : st;
}

enum status sqlite_spent_attachments(void *self, struct ctx *c, struct instant trashed_before,
                                     struct instant begun_before, int32_t n,
                                     struct attachment_ref **out, int32_t *count)
{
    struct sqlite_state *s = self;
    struct question q;
    struct list list;
    enum status st = question_ask(c, s->readers, Q_SPENT_ATTACHMENTS,
                                  "SELECT user, id FROM attachment WHERE trashed < ?1 "
                                  "UNION ALL SELECT user, id FROM attachment "
                                  "WHERE state = 0 AND created < ?2 AND trashed IS NULL LIMIT ?3",
                                  &q);
    if (st != ST_OK)
        return st;
    bind_instant(q.query, 1, trashed_before);
    bind_instant(q.query, 2, begun_before);
    bind_int(q.query, 3, n);
    st = question_list(c, &q, n, sizeof **out, read_ref, &list);
    *out = list.items;
    *count = list.count;
    return st;
}

static enum status is_used(struct ctx *c, struct db *db, const struct digest *key, bool *used)
{
    sqlite3_stmt *q =
        db_query(db, c, Q_MEDIA_USED, "SELECT 1 FROM attachment WHERE \"key\" = ?1 LIMIT 1");
    bind_digest(q, 1, key);
    enum status st = db_row(db, c, q);
    *used = st == ST_OK;
    db_reset(q);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status sqlite_media_used(void *self, struct ctx *c, const struct digest *keys, int32_t n,
                              bool *used)
{
    struct sqlite_state *s = self;
    struct db *db;
    enum status st = readers_take(c, s->readers, &db);
    if (st != ST_OK)
        return st;
    for (int32_t i = 0; st == ST_OK && i < n; i++)
        st = is_used(c, db, &keys[i], &used[i]);
    readers_give(s->readers, db);
    return st;
}
