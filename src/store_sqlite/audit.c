#include "model/audit.h"
#include "store_sqlite/rows.h"
#include "store_sqlite/state.h"

struct audit_write {
    struct id user;
    const struct audit_entry *entry;
    struct instant again_since;
};

/* ST_NOT_FOUND, without a fault: there is none to be counted up. */
static enum status count_up(struct ctx *c, struct db *db, const struct audit_write *w)
{
    sqlite3_stmt *q = db_query(db, c, Q_AUDIT_AGAIN,
                               "UPDATE audit_entry SET count = min(count + 1, 2147483647), at = ?6 "
                               "WHERE user = ?1 AND at >= ?5 AND kind = ?2 AND device = ?3 "
                               "AND address = ?4");
    bind_id(q, 1, &w->user);
    bind_int(q, 2, w->entry->kind);
    bind_text(q, 3, w->entry->device);
    bind_text(q, 4, w->entry->address);
    bind_instant(q, 5, w->again_since);
    bind_instant(q, 6, w->entry->at);
    enum status st = db_run(db, c, q);
    return st == ST_OK && db_changes(db) == 0 ? ST_NOT_FOUND : st;
}

/* What others can cause has a bound of its own, so that they cannot push out the rest. */
static enum status thin_out(struct ctx *c, struct db *db, const struct audit_write *w)
{
    bool failed = w->entry->kind == AUDIT_SIGN_IN_FAILED;
    sqlite3_stmt *q =
        db_query(db, c, Q_AUDIT_OLDEST,
                 "DELETE FROM audit_entry WHERE user = ?1 AND (kind = ?2) = ?3 AND id <= "
                 "(SELECT id FROM audit_entry WHERE user = ?1 AND (kind = ?2) = ?3 "
                 "ORDER BY id DESC LIMIT 1 OFFSET ?4)");
    bind_id(q, 1, &w->user);
    bind_int(q, 2, AUDIT_SIGN_IN_FAILED);
    bind_int(q, 3, failed);
    bind_int(q, 4, failed ? AUDIT_FAILURES_KEPT : AUDIT_KEPT);
    return db_run(db, c, q);
}

static enum status write_entry(struct ctx *c, struct db *db, void *arg)
{
    const struct audit_write *w = arg;
    enum status st = instant_is_none(w->again_since) ? ST_NOT_FOUND : count_up(c, db, w);
    if (st != ST_NOT_FOUND)
        return st;
    sqlite3_stmt *q = db_query(db, c, Q_ADD_AUDIT,
                               "INSERT INTO audit_entry(user, {audit_entry}) "
                               "SELECT ?1, {audit_entry?2} "
                               "WHERE EXISTS (SELECT 1 FROM account WHERE id = ?1)");
    bind_id(q, 1, &w->user);
    st = rows_bind(c, q, 2, &audit_entry_table, w->entry, -1);
    if (st == ST_OK)
        st = db_run(db, c, q);
    if (st == ST_OK && db_changes(db) == 0)
        return fail(c, ST_NOT_FOUND, "", "no such account");
    return st == ST_OK ? thin_out(c, db, w) : st;
}

enum status sqlite_add_audit(void *self, struct ctx *c, struct id user,
                             const struct audit_entry *entry, struct instant again_since)
{
    struct sqlite_state *s = self;
    struct audit_write w = {.user = user, .entry = entry, .again_since = again_since};
    return writer_run(c, s->writer, write_entry, &w);
}

static enum status read_entry(struct ctx *c, sqlite3_stmt *q, void *out)
{
    return rows_read(c, q, 0, &audit_entry_table, c->arena, out);
}

enum status sqlite_list_audit(void *self, struct ctx *c, struct id user, struct id before,
                              int32_t n, struct audit_entry **out, int32_t *count)
{
    struct sqlite_state *s = self;
    struct question q;
    struct list list;
    enum status st = question_ask(c, s->readers, Q_LIST_AUDIT,
                                  "SELECT {audit_entry} FROM audit_entry WHERE user = ?1 "
                                  "AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3",
                                  &q);
    if (st != ST_OK)
        return st;
    bind_id(q.query, 1, &user);
    bind_id(q.query, 2, &before);
    bind_int(q.query, 3, n);
    st = question_list(c, &q, n, sizeof **out, read_entry, &list);
    *out = list.items;
    *count = list.count;
    return st;
}
