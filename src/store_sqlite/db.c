#include "store_sqlite/db.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "store_sqlite/rows.h"

static int note_wal(void *db, sqlite3 *handle, const char *name, int pages)
{
    (void)handle;
    (void)name;
    ((struct db *)db)->wal_pages = pages;
    return SQLITE_OK;
}

enum status db_fail(struct db *db, struct ctx *c, int code)
{
    const char *text = db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code);
    int error = db->handle ? sqlite3_system_errno(db->handle) : 0;
    switch (code & 0xFF) {
    case SQLITE_FULL:
        return fail(c, ST_FULL, "", "no room for the database");
    case SQLITE_IOERR:
        if (error == ENOSPC || error == EDQUOT)
            return fail(c, ST_FULL, "", "no room for the database");
        return fail(c, ST_INTERNAL, "", "the database's disk fails: %s (%d, errno %d)", text, code,
                    error);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail(c, ST_UNAVAILABLE, "", "the database is busy");
    case SQLITE_NOMEM:
        return fail_memory(c);
    default:
        return fail(c, ST_INTERNAL, "", "database: %s (%d)", text, code);
    }
}

static enum status configure(struct ctx *c, const struct db_config *config, struct db *db)
{
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, BUSY_WAIT_MS);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    sqlite3_wal_hook(db->handle, note_wal, db); /* also switches automatic checkpoints off */
    if (config->untouched)
        sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
    if (!config->writer)
        return db_script(db, c, "PRAGMA query_only = ON");
    enum status st = db_script(db, c,
                               "PRAGMA journal_mode = WAL;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA journal_size_limit = 16777216;");
    if (st == ST_OK)
        st = db_script(db, c,
                       config->no_sync ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL");
    return st;
}

/* Somebody uses the database, or was cut short: then what the log holds must be read. */
static bool has_log(const char *path)
{
    char log[4096 + 8];
    struct stat info;
    snprintf(log, sizeof log, "%s-wal", path);
    return stat(log, &info) == 0;
}

/* Tells SQLite that nobody writes, so that it makes no files beside. */
static void write_immutable_uri(const char *path, char *out, size_t size)
{
    size_t at = (size_t)snprintf(out, size, "file:");
    for (; *path && at + 32 < size; path++)
        at += (size_t)snprintf(out + at, size - at, strchr("%?# ", *path) ? "%%%02X" : "%c",
                               (unsigned char)*path);
    snprintf(out + at, size - at, "?immutable=1");
}

enum status db_open(struct ctx *c, const struct db_config *config, struct db *db)
{
    *db = (struct db){0};
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (config->writer)
        flags |= SQLITE_OPEN_CREATE;
    char uri[4 * 4096];
    const char *path = config->path;
    if (config->untouched && !has_log(path)) {
        write_immutable_uri(path, uri, sizeof uri);
        flags =
            SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
        path = uri;
    }
    int code = sqlite3_open_v2(path, &db->handle, flags, config->vfs);
    enum status st = code == SQLITE_OK ? configure(c, config, db) : db_fail(db, c, code);
    if (st != ST_OK)
        db_close(db);
    return st;
}

void db_close(struct db *db)
{
    for (int i = 0; i < Q_COUNT; i++)
        sqlite3_finalize(db->queries[i]);
    sqlite3_close(db->handle);
    *db = (struct db){0};
}

sqlite3_stmt *db_query(struct db *db, struct ctx *c, enum query number, const char *text)
{
    sqlite3_stmt **query = &db->queries[number];
    if (*query)
        return *query;
    const char *expanded = rows_expand(c, text);
    if (!expanded) {
        db->refused = fail_memory(c);
        return NULL;
    }
    int code = sqlite3_prepare_v3(db->handle, expanded, -1, SQLITE_PREPARE_PERSISTENT, query, NULL);
    if (code != SQLITE_OK)
        db->refused = db_fail(db, c, code);
    return *query;
}

void db_reset(sqlite3_stmt *query)
{
    if (query)
        sqlite3_reset(query);
}

enum status db_row(struct db *db, struct ctx *c, sqlite3_stmt *query)
{
    if (!query)
        return db->refused;
    int code = sqlite3_step(query);
    if (code == SQLITE_ROW)
        return ST_OK;
    if (code == SQLITE_DONE) {
        sqlite3_reset(query);
        return ST_NOT_FOUND;
    }
    enum status st = db_fail(db, c, code);
    sqlite3_reset(query);
    return st;
}

enum status db_run_unique(struct db *db, struct ctx *c, sqlite3_stmt *query, int *code)
{
    if (!query)
        return db->refused;
    *code = sqlite3_step(query);
    enum status st = ST_OK;
    if (*code == SQLITE_CONSTRAINT_PRIMARYKEY || *code == SQLITE_CONSTRAINT_UNIQUE)
        st = ST_CONFLICT;
    else if (*code != SQLITE_DONE)
        st = db_fail(db, c, *code);
    sqlite3_reset(query);
    return st;
}

enum status db_run(struct db *db, struct ctx *c, sqlite3_stmt *query)
{
    int code;
    enum status st = db_run_unique(db, c, query, &code);
    return st == ST_CONFLICT ? db_fail(db, c, code) : st;
}

int db_changes(const struct db *db)
{
    return sqlite3_changes(db->handle);
}

enum status db_script(struct db *db, struct ctx *c, const char *text)
{
    int code = sqlite3_exec(db->handle, text, NULL, NULL, NULL);
    return code == SQLITE_OK ? ST_OK : db_fail(db, c, code);
}

enum status db_number(struct db *db, struct ctx *c, const char *text, int64_t *out)
{
    sqlite3_stmt *query = NULL;
    int code = sqlite3_prepare_v2(db->handle, text, -1, &query, NULL);
    if (code != SQLITE_OK)
        return db_fail(db, c, code);
    code = sqlite3_step(query);
    enum status st = code == SQLITE_ROW ? ST_OK : db_fail(db, c, code);
    if (st == ST_OK)
        *out = sqlite3_column_int64(query, 0);
    sqlite3_finalize(query);
    return st;
}

void bind_id(sqlite3_stmt *query, int at, const struct id *id)
{
    if (id_is_none(*id))
        sqlite3_bind_null(query, at);
    else
        sqlite3_bind_blob(query, at, id->bytes, sizeof id->bytes, SQLITE_STATIC);
}

void bind_int(sqlite3_stmt *query, int at, int64_t value)
{
    sqlite3_bind_int64(query, at, value);
}

void bind_instant(sqlite3_stmt *query, int at, struct instant t)
{
    if (instant_is_none(t))
        sqlite3_bind_null(query, at);
    else
        sqlite3_bind_int64(query, at, t.ms);
}

void bind_text(sqlite3_stmt *query, int at, struct str s)
{
    if (s.data)
        sqlite3_bind_text64(query, at, s.data, s.len, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(query, at);
}

void bind_blob(sqlite3_stmt *query, int at, struct str s)
{
    sqlite3_bind_blob64(query, at, s.len ? s.data : "", s.len, SQLITE_STATIC);
}

void bind_digest(sqlite3_stmt *query, int at, const struct digest *d)
{
    sqlite3_bind_blob(query, at, d->bytes, sizeof d->bytes, SQLITE_STATIC);
}
