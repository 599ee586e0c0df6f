#include "store_sqlite/journal.h"
#include "store_sqlite/rows.h"
#include "store_sqlite/state.h"

/* ---- reading ---- */

static enum status read_account(struct ctx *c, sqlite3_stmt *q, void *out)
{
    return rows_read(c, q, 0, &account_table, c->arena, out);
}

enum status sqlite_account_by_login(void *self, struct ctx *c, struct str login_key,
                                    struct account *out)
{
    struct sqlite_state *s = self;
    struct question q;
    enum status st = question_ask(c, s->readers, Q_ACCOUNT_BY_LOGIN,
                                  "SELECT {account} FROM account WHERE login_key = ?1", &q);
    if (st != ST_OK)
        return st;
    bind_text(q.query, 1, login_key);
    return question_row(c, &q, read_account, out);
}

enum status sqlite_account_by_id(void *self, struct ctx *c, struct id id, struct account *out)
{
    struct sqlite_state *s = self;
    struct question q;
    enum status st = question_ask(c, s->readers, Q_ACCOUNT_BY_ID,
                                  "SELECT {account} FROM account WHERE id = ?1", &q);
    if (st != ST_OK)
        return st;
    bind_id(q.query, 1, &id);
    return question_row(c, &q, read_account, out);
}

enum status sqlite_list_accounts(void *self, struct ctx *c, struct id after, int32_t n,
                                 struct account **out, int32_t *count)
{
    struct sqlite_state *s = self;
    struct question q;
    struct list list;
    enum status st =
        question_ask(c, s->readers, Q_LIST_ACCOUNTS,
                     "SELECT {account} FROM account WHERE id > ?1 ORDER BY id LIMIT ?2", &q);
    if (st != ST_OK)
        return st;
    bind_blob(q.query, 1, (struct str){(const char *)after.bytes, sizeof after.bytes});
    bind_int(q.query, 2, n);
    st = question_list(c, &q, n, sizeof **out, read_account, &list);
    *out = list.items;
    *count = list.count;
    return st;
}

enum status sqlite_expired_guests(void *self, struct ctx *c, struct instant now, int32_t n,
                                  struct id **out, int32_t *count)
{
    struct sqlite_state *s = self;
    struct question q;
    struct list list;
    enum status st = question_ask(c, s->readers, Q_EXPIRED_GUESTS,
                                  "SELECT id FROM account WHERE expires < ?1 AND kind = ?2 "
                                  "ORDER BY expires LIMIT ?3",
                                  &q);
    if (st != ST_OK)
        return st;
    bind_instant(q.query, 1, now);
    bind_int(q.query, 2, ACCOUNT_GUEST);
    bind_int(q.query, 3, n);
    st = question_list(c, &q, n, sizeof **out, read_first_id, &list);
    *out = list.items;
    *count = list.count;
    return st;
}

/* ---- writing ---- */

struct account_write {
    const struct account *account;
    const struct desk *desk;
    struct journal_row journal;
};

/* The journal holds the account's password hash and address, sealed like all the rest. */
static enum status write_new(struct ctx *c, struct db *db, void *arg)
{
    const struct account_write *w = arg;
    sqlite3_stmt *q =
        db_query(db, c, Q_ADD_ACCOUNT, "INSERT INTO account({account}) VALUES({account?1})");
    int code = 0;
    enum status st = rows_bind(c, q, 1, &account_table, w->account, -1);
    if (st == ST_OK)
        st = db_run_unique(db, c, q, &code);
    if (st == ST_CONFLICT)
        return code == SQLITE_CONSTRAINT_PRIMARYKEY
                   ? fail(c, ST_CONFLICT, "id", "an account has this id")
                   : fail(c, ST_CONFLICT, "email", "an account has this address");
    if (st == ST_OK)
        st = sqlite_add_desk(c, db, w->desk);
    return st == ST_OK ? journal_add(c, db, &w->journal) : st;
}

enum status sqlite_create_account(void *self, struct ctx *c, const struct account *account,
                                  const struct desk *desk, struct instant now)
{
    struct sqlite_state *s = self;
    struct account_write w = {.account = account,
                              .desk = desk,
                              .journal = {.user = account->id, .rev = desk->rev, .at = now}};
    const struct change settings = {ENTITY_SETTINGS, ID_NONE, &desk->settings};
    const struct journal_entry entry = {.account = account, .changes = &settings, .count = 1};
    enum status st = journal_seal(c, &s->cipher, &entry, &w.journal);
    return st == ST_OK ? writer_run(c, s->writer, write_new, &w) : st;
}

enum status accounts_refuse(struct ctx *c, struct db *db, const struct id *id)
{
    sqlite3_stmt *q =
        db_query(db, c, Q_ACCOUNT_BY_ID, "SELECT {account} FROM account WHERE id = ?1");
    bind_id(q, 1, id);
    enum status st = db_row(db, c, q);
    db_reset(q);
    if (st == ST_OK)
        return fail(c, ST_STALE, "", "the account was changed meanwhile");
    return st == ST_NOT_FOUND ? fail(c, ST_NOT_FOUND, "", "no such account") : st;
}

static enum status write_update(struct ctx *c, struct db *db, void *arg)
{
    const struct account_write *w = arg;
    sqlite3_stmt *q = db_query(db, c, Q_UPDATE_ACCOUNT,
                               "UPDATE account SET {account=3} WHERE id = ?1 AND version = ?2");
    int code;
    bind_id(q, 1, &w->account->id);
    bind_int(q, 2, w->account->version);
    enum status st = rows_bind(c, q, 3, &account_table, w->account, w->account->version + 1);
    if (st == ST_OK)
        st = db_run_unique(db, c, q, &code);
    if (st == ST_CONFLICT)
        return fail(c, ST_CONFLICT, "email", "an account has this address");
    if (st == ST_OK && db_changes(db) == 0)
        return accounts_refuse(c, db, &w->account->id);
    return st == ST_OK ? journal_add(c, db, &w->journal) : st;
}

enum status sqlite_update_account(void *self, struct ctx *c, const struct account *account)
{
    struct sqlite_state *s = self;
    struct account_write w = {.account = account,
                              .journal = {.user = account->id, .at = clock_now(&s->clock)}};
    const struct journal_entry entry = {.account = account};
    enum status st = journal_seal(c, &s->cipher, &entry, &w.journal);
    return st == ST_OK ? writer_run(c, s->writer, write_update, &w) : st;
}
