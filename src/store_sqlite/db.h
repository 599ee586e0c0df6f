/*
 * One connection to the database with its prepared statements, and the few verbs with which queries
 * are written. Used by one thread at a time; private to store_sqlite/.
 *
 * A query is a function: it takes its statement by db_query (prepared at the first use, kept under
 * its number), binds, and steps by db_run or db_row. Errors of SQLite become causes here and
 * nowhere else.
 */
#ifndef STORE_SQLITE_DB_H
#define STORE_SQLITE_DB_H

#include <sqlite3.h>

#include "base/id.h"
#include "base/status.h"
#include "model/desk.h"
#include "model/field.h"

enum { BUSY_WAIT_MS = 2000 /* for another connection, unless it is said otherwise */ };

/* The statements of a connection. */
enum query {
    Q_BEGIN_READ,
    Q_BEGIN,
    Q_COMMIT,
    Q_ROLLBACK,
    Q_SAVEPOINT,
    Q_RELEASE,
    Q_UNDO,
    Q_DESK,
    Q_LIST, /* + the kind of entity */
    Q_TOMBSTONES = Q_LIST + ENTITY_KINDS,
    Q_SPENT_ATTACHMENTS,
    Q_MEDIA_USED,
    Q_DUE_FEEDS,
    Q_FIND_CALENDAR_LINK,
    Q_DESK_REV,
    Q_MOVE_REV,
    Q_ADD_DESK,
    Q_PUT, /* + the kind of entity */
    Q_DELETE = Q_PUT + ENTITY_KINDS,
    Q_ADD_TOMBSTONE = Q_DELETE + ENTITY_KINDS,
    Q_FORGET_TOMBSTONES,
    Q_ADD_OP,
    Q_FIND_OP,
    Q_SIZES_OF_OPS,
    Q_FORGET_OPS,
    Q_ADD_JOURNAL,
    Q_ADD_ACCOUNT,
    Q_ACCOUNT_BY_LOGIN,
    Q_ACCOUNT_BY_ID,
    Q_UPDATE_ACCOUNT,
    Q_LIST_ACCOUNTS,
    Q_EXPIRED_GUESTS,
    Q_PUT_SESSION,
    Q_FIND_SESSION,
    Q_END_SESSION,
    Q_TOUCH_SESSION,
    Q_EXPIRED_SESSIONS,
    Q_ADD_REPLY,
    Q_FIND_REPLY,
    Q_OLD_REPLIES,
    Q_FORGET_REPLIES,
    Q_ADD_AUDIT,
    Q_AUDIT_AGAIN,
    Q_AUDIT_OLDEST,
    Q_LIST_AUDIT,
    Q_LIST_PEOPLE,
    Q_HAS_ADMIN,
    Q_OLD_INVITATIONS,
    Q_PUT_INVITATION,
    Q_TAKE_INVITATION,
    Q_END_INVITATION,
    Q_LIST_INVITATIONS,
    Q_CHECK,
    Q_ERASE_ACCOUNT,
    Q_ADD_ERASURE,
    Q_PENDING_ERASURES,
    Q_END_ERASURE,
    Q_ERASE, /* + the number of the table */
    Q_COUNT = Q_ERASE + 24
};

struct db {
    sqlite3 *handle;
    int wal_pages;       /* in the write-ahead log after the last commit of this connection */
    enum status refused; /* why db_query gave NULL, the last time it did */
    sqlite3_stmt *queries[Q_COUNT];
};

struct db_config {
    const char *path;
    const char *vfs; /* NULL: the system's */
    bool writer;     /* may write; else read only */
    bool no_sync;
    bool untouched; /* leaves every file of the folder as it is; not for writers */
};

/* Opens a connection, the file too when a writer finds none. */
MUST_USE enum status db_open(struct ctx *c, const struct db_config *config, struct db *db);
void db_close(struct db *db);

/* The statement of that number, prepared from `text` (columns written as in rows.h) at the first
 * use; NULL when that failed, with
 * the fault recorded: a query passes it on to db_run or db_row, which return the cause. */
sqlite3_stmt *db_query(struct db *db, struct ctx *c, enum query number, const char *text);

/* Runs a statement that gives no rows and resets it. */
MUST_USE enum status db_run(struct db *db, struct ctx *c, sqlite3_stmt *query);

/* The same for one that may hit a uniqueness constraint: `*code` is then SQLite's extended code and
 * the return ST_CONFLICT without a fault. */
MUST_USE enum status db_run_unique(struct db *db, struct ctx *c, sqlite3_stmt *query, int *code);

/* Steps to the next row. ST_OK: there is one. ST_NOT_FOUND (no fault recorded): no more; the
 * statement is reset. Whoever stops earlier calls db_reset. */
MUST_USE enum status db_row(struct db *db, struct ctx *c, sqlite3_stmt *query);

/* NULL is allowed. */
void db_reset(sqlite3_stmt *query);

/* Rows that the last statement changed. */
int db_changes(const struct db *db);

/* Runs SQL text that is no query: pragmas, migrations. */
MUST_USE enum status db_script(struct db *db, struct ctx *c, const char *text);

/* A number that a statement answers with one row of one column. */
MUST_USE enum status db_number(struct db *db, struct ctx *c, const char *text, int64_t *out);

/* Records the connection's last error; `code` is SQLite's. */
enum status db_fail(struct db *db, struct ctx *c, int code);

/* Values by reference must stay until the statement has run. */
void bind_id(sqlite3_stmt *query, int at, const struct id *id); /* none: NULL */
void bind_int(sqlite3_stmt *query, int at, int64_t value);
void bind_instant(sqlite3_stmt *query, int at, struct instant t); /* none: NULL */
void bind_text(sqlite3_stmt *query, int at, struct str s);        /* no text: NULL */
void bind_blob(sqlite3_stmt *query, int at, struct str s);
void bind_digest(sqlite3_stmt *query, int at, const struct digest *d);

#endif
