#include "store_sqlite/examine.h"

#include <stdio.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "store_sqlite/migrate.h"
#include "store_sqlite/rows.h"
#include "store_sqlite/state.h"

enum { DESK_MEMORY = 64 << 20 };

static void note(struct examination *e, const char *text)
{
    if (e->damaged < EXAMINE_PROBLEMS_MAX)
        snprintf(e->problems[e->damaged], EXAMINE_TEXT_MAX, "%s", text);
    e->damaged++;
}

static enum status check_pages(struct ctx *c, struct db *db, struct examination *e)
{
    sqlite3_stmt *q;
    int code = sqlite3_prepare_v2(db->handle, "PRAGMA integrity_check(20)", -1, &q, NULL);
    enum status st = code == SQLITE_OK ? ST_OK : db_fail(db, c, code);
    while (st == ST_OK && (st = db_row(db, c, q)) == ST_OK) {
        const char *text = (const char *)sqlite3_column_text(q, 0);
        if (text && strcmp(text, "ok") != 0)
            note(e, text);
    }
    sqlite3_finalize(q);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static void check_desk(struct ctx *c, struct db *db, struct id user, struct examination *e)
{
    struct arena arena;
    struct desk desk;
    char text[EXAMINE_TEXT_MAX], id[ID_TEXT_LEN];
    struct ctx own = {.arena = c->arena};
    arena_init(&arena, DESK_MEMORY);
    if (sqlite_read_desk(&own, db, user, &arena, &desk) != ST_OK) {
        id_format(user, id);
        snprintf(text, sizeof text, "the desk of account %.*s: %s", ID_TEXT_LEN, id,
                 own.fault_count ? own.faults[0].detail : "it cannot be read");
        note(e, text);
    }
    arena_release(&arena);
}

static enum status read_ids(struct ctx *c, struct db *db, struct examination *e)
{
    sqlite3_stmt *q;
    e->ids = ARENA_ARRAY(c->arena, struct id, (size_t)e->accounts + 1);
    if (!e->ids)
        return fail_memory(c);
    int code = sqlite3_prepare_v2(db->handle, "SELECT id FROM account ORDER BY id", -1, &q, NULL);
    enum status st = code == SQLITE_OK ? ST_OK : db_fail(db, c, code);
    int64_t n = 0;
    while (st == ST_OK && n < e->accounts && (st = db_row(db, c, q)) == ST_OK)
        st = read_id(c, q, 0, &e->ids[n++]);
    sqlite3_finalize(q);
    if (st == ST_NOT_FOUND) /* fewer than counted: some went meanwhile */
        e->accounts = n - 1;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status read_file_rows(struct ctx *c, struct db *db, sqlite3_stmt *q, int64_t room,
                                  struct examination *e)
{
    enum status st = ST_OK;
    while (e->file_count < room && (st = db_row(db, c, q)) == ST_OK) {
        struct examined_file *f = &e->files[e->file_count];
        st = read_digest(c, q, 0, &f->object.key);
        if (st == ST_OK)
            st = read_digest(c, q, 1, &f->object.sha256);
        if (st != ST_OK)
            return st;
        f->object.size = sqlite3_column_int64(q, 2);
        f->ready = sqlite3_column_int64(q, 3) == ATTACHMENT_READY;
        e->file_count++;
    }
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status read_files(struct ctx *c, struct db *db, struct examination *e)
{
    int64_t room = 0;
    sqlite3_stmt *q;
    enum status st = db_number(db, c, "SELECT count(*) FROM attachment", &room);
    if (st != ST_OK)
        return st;
    e->files = ARENA_ARRAY(c->arena, struct examined_file, (size_t)room + 1);
    if (!e->files)
        return fail_memory(c);
    int code = sqlite3_prepare_v2(
        db->handle, "SELECT \"key\", sha256, size, state FROM attachment ORDER BY \"key\"", -1, &q,
        NULL);
    if (code != SQLITE_OK)
        return db_fail(db, c, code);
    st = read_file_rows(c, db, q, room, e);
    sqlite3_finalize(q);
    return st;
}

static enum status look(struct ctx *c, struct db *db, struct examination *e)
{
    int64_t last = 0;
    enum status st = db_number(db, c, "PRAGMA user_version", &e->schema);
    if (st == ST_OK)
        st = check_pages(c, db, e);
    if (st != ST_OK || e->schema != e->newest)
        return st;
    st = db_number(db, c, "SELECT count(*) FROM account", &e->accounts);
    if (st == ST_OK)
        st = db_number(db, c, "SELECT count(*) FROM erasure", &e->pending_erasures);
    if (st == ST_OK)
        st = db_number(db, c, "SELECT coalesce(max(at), 0) FROM journal", &last);
    if (st == ST_OK)
        st = read_ids(c, db, e);
    if (st == ST_OK)
        st = read_files(c, db, e);
    if (last > 0)
        e->last_commit = (struct instant){last};
    for (int64_t i = 0; st == ST_OK && i < e->accounts; i++)
        check_desk(c, db, e->ids[i], e);
    return st;
}

enum status store_sqlite_examine(struct ctx *c, const char *folder, struct examination *out)
{
    struct db db;
    struct stat info;
    char path[4096];
    const struct db_config config = {.path = path, .untouched = true};
    *out = (struct examination){.newest = migrations_newest(), .last_commit = INSTANT_NONE};
    snprintf(path, sizeof path, "%s/studybunny.db", folder);
    if (stat(path, &info) != 0 || info.st_size == 0)
        return ST_OK;
    enum status st = db_open(c, &config, &db);
    if (st != ST_OK)
        return st;
    st = look(c, &db, out);
    db_close(&db);
    return st;
}
