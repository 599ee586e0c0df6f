#include "store_sqlite/rows.h"
#include "store_sqlite/state.h"

/* Erasing goes in three steps, each of which may be repeated: the rows go, and the user is noted in
 * the table erasure, in one transaction; the key is destroyed; the note goes, and the write-ahead
 * log is emptied. A crash in between is made good at the next start. */

static const char *const deletions[] = {
    "DELETE FROM session WHERE account_id = ?1",
    "DELETE FROM desk WHERE user = ?1",
    "DELETE FROM settings WHERE user = ?1",
    "DELETE FROM availability WHERE user = ?1",
    "DELETE FROM plan WHERE user = ?1",
    "DELETE FROM course WHERE user = ?1",
    "DELETE FROM task WHERE user = ?1",
    "DELETE FROM event WHERE user = ?1",
    "DELETE FROM tombstone WHERE user = ?1",
    "DELETE FROM op WHERE user = ?1",
    "DELETE FROM journal WHERE user = ?1",
    "DELETE FROM attachment WHERE user = ?1",
    "DELETE FROM work_entry WHERE user = ?1",
    "DELETE FROM feed WHERE user = ?1",
    "DELETE FROM feed_item WHERE user = ?1",
    "DELETE FROM calendar_link WHERE user = ?1",
    "DELETE FROM notification_mark WHERE user = ?1",
    "DELETE FROM former_plan WHERE user = ?1",
    "DELETE FROM audit_entry WHERE user = ?1",
};
enum { DELETIONS = sizeof deletions / sizeof deletions[0] };
_Static_assert(Q_ERASE + DELETIONS <= Q_COUNT, "a statement for each table");

/* Answers kept for repeats name the account by its id, as text (domain/repeats.h). */
static enum status forget_replies(struct ctx *c, struct db *db, struct id id)
{
    char text[ID_TEXT_LEN];
    id_format(id, text);
    sqlite3_stmt *q = db_query(db, c, Q_FORGET_REPLIES, "DELETE FROM reply WHERE body = ?1");
    bind_blob(q, 1, (struct str){text, sizeof text});
    return db_run(db, c, q);
}

struct erasure_write {
    struct id id;
    int64_t version;
};

static enum status delete_account(struct ctx *c, struct db *db, const struct erasure_write *w)
{
    sqlite3_stmt *q = db_query(db, c, Q_ERASE_ACCOUNT,
                               "DELETE FROM account WHERE id = ?1 AND (?2 < 0 OR version = ?2)");
    bind_id(q, 1, &w->id);
    bind_int(q, 2, w->version);
    enum status st = db_run(db, c, q);
    return st == ST_OK && db_changes(db) == 0 ? accounts_refuse(c, db, &w->id) : st;
}

static enum status write_erasure(struct ctx *c, struct db *db, void *arg)
{
    const struct erasure_write *w = arg;
    enum status st = delete_account(c, db, w);
    for (int i = 0; st == ST_OK && i < DELETIONS; i++) {
        sqlite3_stmt *q = db_query(db, c, Q_ERASE + (unsigned)i, deletions[i]);
        bind_id(q, 1, &w->id);
        st = db_run(db, c, q);
    }
    if (st == ST_OK)
        st = forget_replies(c, db, w->id);
    if (st != ST_OK)
        return st;
    sqlite3_stmt *q =
        db_query(db, c, Q_ADD_ERASURE, "INSERT OR IGNORE INTO erasure(user) VALUES(?1)");
    bind_id(q, 1, &w->id);
    return db_run(db, c, q);
}

static enum status write_end(struct ctx *c, struct db *db, void *arg)
{
    sqlite3_stmt *q = db_query(db, c, Q_END_ERASURE, "DELETE FROM erasure WHERE user = ?1");
    bind_id(q, 1, arg);
    return db_run(db, c, q);
}

static enum status finish(struct ctx *c, struct sqlite_state *s, struct id id)
{
    enum status st = s->cipher.forget(s->cipher.self, c, id);
    if (st == ST_OK)
        st = writer_run(c, s->writer, write_end, &id);
    return st;
}

enum status sqlite_erase_account(void *self, struct ctx *c, struct id id, int64_t version)
{
    struct sqlite_state *s = self;
    struct erasure_write w = {id, version};
    enum status st = writer_run(c, s->writer, write_erasure, &w);
    if (st == ST_OK)
        st = finish(c, s, id);
    if (st != ST_OK)
        return st;
    /* When readers are in the way for long, the writer tries again by itself. */
    struct ctx quiet = {.arena = c->arena};
    (void)!writer_truncate_log(&quiet, s->writer);
    return ST_OK;
}

enum status erasure_finish_pending(struct ctx *c, struct sqlite_state *s)
{
    struct db *db;
    enum status st = readers_take(c, s->readers, &db);
    if (st != ST_OK)
        return st;
    for (;;) {
        struct id id;
        sqlite3_stmt *q = db_query(db, c, Q_PENDING_ERASURES, "SELECT user FROM erasure LIMIT 1");
        st = db_row(db, c, q);
        if (st == ST_OK)
            st = read_id(c, q, 0, &id);
        db_reset(q);
        if (st == ST_OK)
            st = finish(c, s, id);
        if (st != ST_OK)
            break;
    }
    readers_give(s->readers, db);
    return st == ST_NOT_FOUND ? ST_OK : st;
}
