#include "store_sqlite/rows.h"
#include "store_sqlite/state.h"

enum { SWEPT_AT_ONCE = 16 /* rows that each put takes away, if they are out of date */ };

/* ---- sessions ---- */

struct session_write {
    const struct session *session;
    struct instant now;
};

static enum status write_session(struct ctx *c, struct db *db, void *arg)
{
    const struct session_write *w = arg;
    sqlite3_stmt *q = db_query(db, c, Q_EXPIRED_SESSIONS,
                               "DELETE FROM session WHERE token_hash IN "
                               "(SELECT token_hash FROM session WHERE expires < ?1 LIMIT ?2)");
    bind_instant(q, 1, w->now);
    bind_int(q, 2, SWEPT_AT_ONCE);
    enum status st = db_run(db, c, q);
    if (st != ST_OK)
        return st;

    q = db_query(db, c, Q_PUT_SESSION,
                 "INSERT OR REPLACE INTO session({session}) SELECT {session?2} "
                 "WHERE EXISTS (SELECT 1 FROM account WHERE id = ?1)");
    bind_id(q, 1, &w->session->account_id);
    st = rows_bind(c, q, 2, &session_table, w->session, -1);
    if (st == ST_OK)
        st = db_run(db, c, q);
    if (st == ST_OK && db_changes(db) == 0)
        return fail(c, ST_NOT_FOUND, "", "no such account");
    return st;
}

enum status sqlite_put_session(void *self, struct ctx *c, const struct session *session)
{
    struct sqlite_state *s = self;
    struct session_write w = {.session = session, .now = clock_now(&s->clock)};
    return writer_run(c, s->writer, write_session, &w);
}

enum status sqlite_find_session(void *self, struct ctx *c, struct digest token_hash,
                                struct session *session, struct account *account)
{
    struct sqlite_state *s = self;
    struct question q;
    enum status st = question_ask(c, s->readers, Q_FIND_SESSION,
                                  "SELECT {session.}, {account.} "
                                  "FROM session JOIN account ON account.id = session.account_id "
                                  "WHERE session.token_hash = ?1",
                                  &q);
    if (st != ST_OK)
        return st;
    bind_digest(q.query, 1, &token_hash);
    st = db_row(q.db, c, q.query);
    if (st == ST_OK)
        st = rows_read(c, q.query, 0, &session_table, c->arena, session);
    if (st == ST_OK)
        st = rows_read(c, q.query, rows_columns(&session_table), &account_table, c->arena, account);
    question_end(&q);
    return st;
}

static enum status write_end(struct ctx *c, struct db *db, void *arg)
{
    sqlite3_stmt *q = db_query(db, c, Q_END_SESSION, "DELETE FROM session WHERE token_hash = ?1");
    bind_digest(q, 1, arg);
    return db_run(db, c, q);
}

enum status sqlite_end_session(void *self, struct ctx *c, struct digest token_hash)
{
    struct sqlite_state *s = self;
    return writer_run(c, s->writer, write_end, &token_hash);
}

struct touch_write {
    struct digest token_hash;
    struct instant last_seen;
    struct instant expires;
};

static enum status write_touch(struct ctx *c, struct db *db, void *arg)
{
    const struct touch_write *w = arg;
    sqlite3_stmt *q =
        db_query(db, c, Q_TOUCH_SESSION,
                 "UPDATE session SET last_seen = ?2, expires = ?3 WHERE token_hash = ?1");
    bind_digest(q, 1, &w->token_hash);
    bind_instant(q, 2, w->last_seen);
    bind_instant(q, 3, w->expires);
    return db_run(db, c, q);
}

enum status sqlite_touch_session(void *self, struct ctx *c, struct digest token_hash,
                                 struct instant last_seen, struct instant expires)
{
    struct sqlite_state *s = self;
    struct touch_write w = {token_hash, last_seen, expires};
    (void)c;
    writer_post(s->writer, write_touch, &w, sizeof w);
    return ST_OK;
}

/* ---- short-lived answers ---- */

struct reply_write {
    struct digest key;
    struct digest request;
    struct str body;
    struct instant now;
};

static enum status sweep_replies(struct ctx *c, struct db *db, const struct reply_write *w)
{
    sqlite3_stmt *q = db_query(db, c, Q_OLD_REPLIES,
                               "DELETE FROM reply WHERE key = ?3 AND at < ?1 OR key IN "
                               "(SELECT key FROM reply WHERE at < ?1 LIMIT ?2)");
    bind_int(q, 1, w->now.ms - REPLY_KEPT_MS);
    bind_int(q, 2, SWEPT_AT_ONCE);
    bind_digest(q, 3, &w->key);
    return db_run(db, c, q);
}

static enum status write_reply(struct ctx *c, struct db *db, void *arg)
{
    const struct reply_write *w = arg;
    int code;
    enum status st = sweep_replies(c, db, w);
    if (st != ST_OK)
        return st;
    sqlite3_stmt *q = db_query(db, c, Q_ADD_REPLY,
                               "INSERT INTO reply(key, request, body, at) VALUES(?1, ?2, ?3, ?4)");
    bind_digest(q, 1, &w->key);
    bind_digest(q, 2, &w->request);
    bind_blob(q, 3, w->body);
    bind_instant(q, 4, w->now);
    st = db_run_unique(db, c, q, &code);
    return st == ST_CONFLICT
               ? fail_as(c, ST_CONFLICT, "", "repeated", "the operation was carried out already")
               : st;
}

enum status sqlite_put_reply(void *self, struct ctx *c, struct digest key, struct digest request,
                             struct str reply, struct instant now)
{
    struct sqlite_state *s = self;
    struct reply_write w = {key, request, reply, now};
    return writer_run(c, s->writer, write_reply, &w);
}

enum status sqlite_find_reply(void *self, struct ctx *c, struct digest key, struct instant now,
                              struct digest *request, struct str *reply)
{
    struct sqlite_state *s = self;
    struct question q;
    enum status st =
        question_ask(c, s->readers, Q_FIND_REPLY,
                     "SELECT request, body FROM reply WHERE key = ?1 AND at >= ?2", &q);
    if (st != ST_OK)
        return st;
    bind_digest(q.query, 1, &key);
    bind_int(q.query, 2, now.ms - REPLY_KEPT_MS);
    st = db_row(q.db, c, q.query);
    if (st == ST_OK)
        st = read_digest(c, q.query, 0, request);
    if (st == ST_OK) {
        *reply = str_copy(c->arena, read_blob(q.query, 1));
        if (!reply->data)
            st = fail_memory(c);
    }
    question_end(&q);
    return st;
}
