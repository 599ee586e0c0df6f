/* What administrators ask: accounts with their sizes, and invitations. */
#include "store_sqlite/rows.h"
#include "store_sqlite/state.h"

/* ---- accounts as they are seen ---- */

static enum status read_person(struct ctx *c, sqlite3_stmt *q, void *item)
{
    struct person *out = item;
    struct account a;
    int at = rows_columns(&account_table);
    enum status st = rows_read(c, q, 0, &account_table, c->arena, &a);
    if (st != ST_OK)
        return st;
    *out = (struct person){.id = a.id,
                           .email = a.email,
                           .kind = a.kind,
                           .admin = a.admin,
                           .disabled = !instant_is_none(a.disabled),
                           .storage_mib = a.storage_mib,
                           .created = a.created,
                           .last_seen = INSTANT_NONE,
                           .tasks = sqlite3_column_int64(q, at + 1),
                           .attachments = sqlite3_column_int64(q, at + 2),
                           .bytes = sqlite3_column_int64(q, at + 3)};
    if (sqlite3_column_type(q, at) == SQLITE_INTEGER)
        out->last_seen.ms = sqlite3_column_int64(q, at);
    return ST_OK;
}

/* Whoever signed out has no session left: then what was noted tells when. */
static const char people[] =
    "SELECT {account.}, "
    "nullif(max(coalesce((SELECT max(last_seen) FROM session WHERE account_id = account.id), 0), "
    "coalesce((SELECT max(at) FROM audit_entry WHERE user = account.id AND actor = 0), 0)), 0), "
    "(SELECT count(*) FROM task WHERE user = account.id), "
    "(SELECT count(*) FROM attachment WHERE user = account.id AND trashed IS NULL), "
    "(SELECT coalesce(sum(size), 0) FROM attachment WHERE user = account.id AND trashed IS NULL) "
    "FROM account WHERE id > ?1 AND (?3 = '' OR (kind = 1 AND instr(login_key, ?3) > 0)) "
    "ORDER BY id LIMIT ?2";

enum status sqlite_list_people(void *self, struct ctx *c, struct id after, struct str search,
                               int32_t n, struct person **out, int32_t *count)
{
    struct sqlite_state *s = self;
    struct question q;
    struct list list;
    enum status st = question_ask(c, s->readers, Q_LIST_PEOPLE, people, &q);
    if (st != ST_OK)
        return st;
    bind_blob(q.query, 1, (struct str){(const char *)after.bytes, sizeof after.bytes});
    bind_int(q.query, 2, n);
    bind_text(q.query, 3, search.data ? search : STR_LIT(""));
    st = question_list(c, &q, n, sizeof **out, read_person, &list);
    *out = list.items;
    *count = list.count;
    return st;
}

enum status sqlite_has_admin(void *self, struct ctx *c, bool *out)
{
    struct sqlite_state *s = self;
    struct question q;
    enum status st =
        question_ask(c, s->readers, Q_HAS_ADMIN,
                     "SELECT 1 FROM account WHERE admin = 1 AND disabled IS NULL LIMIT 1", &q);
    if (st != ST_OK)
        return st;
    st = question_row(c, &q, NULL, NULL);
    *out = st == ST_OK;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

/* ---- invitations ---- */

struct invitation_write {
    const struct invitation *put;
    struct digest token_hash;
    struct id id;
    struct instant now;
    struct invitation *taken;
};

static enum status write_put(struct ctx *c, struct db *db, void *arg)
{
    const struct invitation_write *w = arg;
    sqlite3_stmt *q =
        db_query(db, c, Q_OLD_INVITATIONS, "DELETE FROM invitation WHERE expires <= ?1");
    bind_instant(q, 1, w->now);
    enum status st = db_run(db, c, q);
    if (st != ST_OK)
        return st;
    q = db_query(db, c, Q_PUT_INVITATION,
                 "INSERT OR REPLACE INTO invitation({invitation}) SELECT {invitation?2} "
                 "WHERE (SELECT count(*) FROM invitation) < ?1");
    bind_int(q, 1, INVITATIONS_MAX);
    st = rows_bind(c, q, 2, &invitation_table, w->put, -1);
    if (st == ST_OK)
        st = db_run(db, c, q);
    if (st == ST_OK && db_changes(db) == 0)
        return fail_as(c, ST_CONFLICT, "", "quota", "there may be %d invitations at most",
                       INVITATIONS_MAX);
    return st;
}

enum status sqlite_put_invitation(void *self, struct ctx *c, const struct invitation *invitation)
{
    struct sqlite_state *s = self;
    struct invitation_write w = {.put = invitation, .now = invitation->created};
    return writer_run(c, s->writer, write_put, &w);
}

static enum status write_take(struct ctx *c, struct db *db, void *arg)
{
    const struct invitation_write *w = arg;
    sqlite3_stmt *q =
        db_query(db, c, Q_TAKE_INVITATION,
                 "SELECT {invitation} FROM invitation WHERE token_hash = ?1 AND expires > ?2");
    bind_digest(q, 1, &w->token_hash);
    bind_instant(q, 2, w->now);
    enum status st = db_row(db, c, q);
    if (st == ST_OK)
        st = rows_read(c, q, 0, &invitation_table, c->arena, w->taken);
    db_reset(q);
    if (st != ST_OK)
        return st;
    q = db_query(db, c, Q_END_INVITATION, "DELETE FROM invitation WHERE id = ?1");
    bind_id(q, 1, &w->taken->id);
    return db_run(db, c, q);
}

enum status sqlite_take_invitation(void *self, struct ctx *c, struct digest token_hash,
                                   struct instant now, struct invitation *out)
{
    struct sqlite_state *s = self;
    struct invitation_write w = {.token_hash = token_hash, .now = now, .taken = out};
    return writer_run(c, s->writer, write_take, &w);
}

static enum status write_end(struct ctx *c, struct db *db, void *arg)
{
    const struct invitation_write *w = arg;
    sqlite3_stmt *q = db_query(db, c, Q_END_INVITATION, "DELETE FROM invitation WHERE id = ?1");
    bind_id(q, 1, &w->id);
    enum status st = db_run(db, c, q);
    return st == ST_OK && db_changes(db) == 0 ? ST_NOT_FOUND : st;
}

enum status sqlite_end_invitation(void *self, struct ctx *c, struct id id)
{
    struct sqlite_state *s = self;
    struct invitation_write w = {.id = id};
    return writer_run(c, s->writer, write_end, &w);
}

static enum status read_invitation(struct ctx *c, sqlite3_stmt *q, void *out)
{
    return rows_read(c, q, 0, &invitation_table, c->arena, out);
}

enum status sqlite_list_invitations(void *self, struct ctx *c, struct id after, struct instant now,
                                    int32_t n, struct invitation **out, int32_t *count)
{
    struct sqlite_state *s = self;
    struct question q;
    struct list list;
    enum status st =
        question_ask(c, s->readers, Q_LIST_INVITATIONS,
                     "SELECT {invitation} FROM invitation WHERE id > ?1 AND expires > ?2 "
                     "ORDER BY id LIMIT ?3",
                     &q);
    if (st != ST_OK)
        return st;
    bind_blob(q.query, 1, (struct str){(const char *)after.bytes, sizeof after.bytes});
    bind_instant(q.query, 2, now);
    bind_int(q.query, 3, n);
    st = question_list(c, &q, n, sizeof **out, read_invitation, &list);
    *out = list.items;
    *count = list.count;
    return st;
}
