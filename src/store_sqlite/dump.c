#include "store_sqlite/dump.h"

#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "codec/packed.h"
#include "store_sqlite/db.h"
#include "store_sqlite/migrate.h"
#include "store_sqlite/rows.h"

enum { NAME_ROOM = 64, VALUE_NULL = 0, VALUE_INT = 1, VALUE_TEXT = 2, VALUE_BLOB = 3, ROW = 1 };

static void put_text(struct buf *b, const void *bytes, size_t len)
{
    packed_put_int(b, (int64_t)len);
    packed_put_bytes(b, bytes, len);
}

/* A view into `*rest`. */
static enum status take_text(struct ctx *c, struct str *rest, struct str *out)
{
    int64_t len;
    enum status st = packed_take_int(c, rest, &len);
    if (st != ST_OK)
        return st;
    if (len < 0 || (uint64_t)len > rest->len)
        return fail(c, ST_INTERNAL, "", "a text goes beyond its record");
    *out = (struct str){rest->data, (size_t)len};
    rest->data += len;
    rest->len -= (size_t)len;
    return ST_OK;
}

/* ---- dumping ---- */

struct source {
    char name[NAME_ROOM];
    bool owned;
    sqlite3_stmt *rows; /* ?1: the owner */
};

struct dumper {
    struct db db;
    struct source tables[DUMP_TABLES_MAX];
    int count;
};

static bool is_left_out(const char *table)
{
    static const char *const names[] = {"journal", "reply", "erasure", "invitation"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(table, names[i]) == 0)
            return true;
    return strncmp(table, "sqlite_", 7) == 0;
}

/* The column by which a table's rows belong to an owner; NULL: they are the installation's. */
static const char *owner_column(struct dumper *d, const char *table)
{
    static const char *const names[] = {"user", "account_id"};
    if (strcmp(table, "account") == 0)
        return "id";
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (sqlite3_table_column_metadata(d->db.handle, NULL, table, names[i], NULL, NULL, NULL,
                                          NULL, NULL) == SQLITE_OK)
            return names[i];
    return NULL;
}

static enum status add_table(struct ctx *c, struct dumper *d, const char *name)
{
    char text[4 * NAME_ROOM];
    struct source *t = &d->tables[d->count];
    if (d->count == DUMP_TABLES_MAX || strlen(name) >= NAME_ROOM)
        return fail(c, ST_INTERNAL, "", "the database has too many tables");
    const char *owner = owner_column(d, name);
    snprintf(t->name, sizeof t->name, "%s", name);
    t->owned = owner != NULL;
    if (owner)
        snprintf(text, sizeof text, "SELECT * FROM \"%s\" WHERE \"%s\" = ?1", name, owner);
    else
        snprintf(text, sizeof text, "SELECT * FROM \"%s\"", name);
    int code = sqlite3_prepare_v2(d->db.handle, text, -1, &t->rows, NULL);
    d->count++;
    return code == SQLITE_OK ? ST_OK : db_fail(&d->db, c, code);
}

static enum status find_tables(struct ctx *c, struct dumper *d)
{
    sqlite3_stmt *q;
    int code = sqlite3_prepare_v2(
        d->db.handle, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", -1, &q,
        NULL);
    enum status st = code == SQLITE_OK ? ST_OK : db_fail(&d->db, c, code);
    while (st == ST_OK && (st = db_row(&d->db, c, q)) == ST_OK) {
        const char *name = (const char *)sqlite3_column_text(q, 0);
        if (!is_left_out(name))
            st = add_table(c, d, name);
    }
    sqlite3_finalize(q);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status put_value(struct ctx *c, struct buf *b, sqlite3_stmt *q, int at)
{
    switch (sqlite3_column_type(q, at)) {
    case SQLITE_NULL:
        packed_put_int(b, VALUE_NULL);
        return ST_OK;
    case SQLITE_INTEGER:
        packed_put_int(b, VALUE_INT);
        packed_put_int(b, sqlite3_column_int64(q, at));
        return ST_OK;
    case SQLITE_TEXT:
        packed_put_int(b, VALUE_TEXT);
        put_text(b, sqlite3_column_text(q, at), (size_t)sqlite3_column_bytes(q, at));
        return ST_OK;
    case SQLITE_BLOB:
        packed_put_int(b, VALUE_BLOB);
        put_text(b, sqlite3_column_blob(q, at), (size_t)sqlite3_column_bytes(q, at));
        return ST_OK;
    default:
        return fail(c, ST_INTERNAL, "", "column %s is of no type that is used here",
                    sqlite3_column_name(q, at));
    }
}

static enum status put_table(struct ctx *c, struct dumper *d, struct source *t,
                             const struct id *owner, struct buf *b)
{
    bool first = true;
    enum status st;
    if (t->owned)
        bind_id(t->rows, 1, owner);
    int columns = sqlite3_column_count(t->rows);
    while ((st = db_row(&d->db, c, t->rows)) == ST_OK) {
        if (first) {
            put_text(b, t->name, strlen(t->name));
            packed_put_int(b, columns);
            for (int i = 0; i < columns; i++) {
                const char *name = sqlite3_column_name(t->rows, i);
                put_text(b, name, strlen(name));
            }
            first = false;
        }
        packed_put_int(b, ROW);
        for (int i = 0; st == ST_OK && i < columns; i++)
            st = put_value(c, b, t->rows, i);
        if (st != ST_OK)
            break;
    }
    db_reset(t->rows);
    if (!first)
        packed_put_int(b, 0);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status dump_owner(struct ctx *c, struct dumper *d, struct id owner,
                              const struct dump_sink *sink)
{
    struct buf b;
    enum status st = ST_OK;
    bool whose = !id_is_none(owner);
    arena_reset(c->arena);
    buf_init(&b, c->arena, 4096, DUMP_RECORD_MAX);
    for (int i = 0; st == ST_OK && i < d->count; i++)
        if (d->tables[i].owned == whose)
            st = put_table(c, d, &d->tables[i], &owner, &b);
    bool empty = b.len == 0;
    put_text(&b, "", 0);
    if (st == ST_OK && b.overflowed)
        st = fail_memory(c);
    return st == ST_OK && !empty ? sink->record(sink->self, c, owner, buf_str(&b)) : st;
}

static enum status dump_owners(struct ctx *c, struct dumper *d, const struct dump_sink *sink)
{
    sqlite3_stmt *q;
    int code = sqlite3_prepare_v2(d->db.handle, "SELECT id FROM account ORDER BY id", -1, &q, NULL);
    enum status st = code == SQLITE_OK ? ST_OK : db_fail(&d->db, c, code);
    while (st == ST_OK && (st = db_row(&d->db, c, q)) == ST_OK) {
        struct id owner;
        st = read_id(c, q, 0, &owner);
        if (st == ST_OK)
            st = dump_owner(c, d, owner, sink);
    }
    sqlite3_finalize(q);
    return st == ST_NOT_FOUND ? dump_owner(c, d, ID_NONE, sink) : st;
}

static enum status dump_all(struct ctx *c, struct dumper *d, const struct dump_sink *sink)
{
    struct dump_state state = {0};
    enum status st = db_script(&d->db, c, "BEGIN");
    if (st == ST_OK)
        st = db_number(&d->db, c, "PRAGMA user_version", &state.schema);
    if (st == ST_OK)
        st =
            db_number(&d->db, c, "SELECT coalesce(max(sequence), 0) FROM journal", &state.sequence);
    if (st == ST_OK)
        st = find_tables(c, d);
    if (st == ST_OK)
        st = sink->begin(sink->self, c, &state);
    return st == ST_OK ? dump_owners(c, d, sink) : st;
}

enum status store_sqlite_dump(struct ctx *c, const char *folder, const struct dump_sink *sink)
{
    struct dumper *d = calloc(1, sizeof *d);
    char path[4096];
    const struct db_config config = {.path = path};
    if (!d)
        return fail_memory(c);
    snprintf(path, sizeof path, "%s/studybunny.db", folder);
    enum status st = access(path, R_OK) == 0 ? db_open(c, &config, &d->db)
                                             : fail(c, ST_NOT_FOUND, "", "there is no %s", path);
    if (st == ST_OK)
        st = dump_all(c, d, sink);
    for (int i = 0; i < d->count; i++)
        sqlite3_finalize(d->tables[i].rows);
    if (d->db.handle)
        db_close(&d->db);
    free(d);
    return st;
}

static enum status ask_account(struct ctx *c, struct db *db, struct id account, bool *out)
{
    sqlite3_stmt *q;
    int code = sqlite3_prepare_v2(db->handle, "SELECT 1 FROM account WHERE id = ?1", -1, &q, NULL);
    if (code != SQLITE_OK)
        return db_fail(db, c, code);
    bind_id(q, 1, &account);
    enum status st = db_row(db, c, q);
    *out = st == ST_OK;
    sqlite3_finalize(q);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status store_sqlite_has_account(struct ctx *c, const char *folder, struct id account,
                                     bool *out)
{
    struct db db;
    char path[4096];
    const struct db_config config = {.path = path};
    snprintf(path, sizeof path, "%s/studybunny.db", folder);
    enum status st = db_open(c, &config, &db);
    if (st != ST_OK)
        return st;
    st = ask_account(c, &db, account, out);
    db_close(&db);
    return st;
}

/* ---- loading ---- */

struct loader {
    struct db db;
};

/* Names come from our own records, but the records come from a file. */
static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!(s.data[i] == '_' || (s.data[i] >= 'a' && s.data[i] <= 'z') ||
              (s.data[i] >= '0' && s.data[i] <= '9')))
            return false;
    return s.len > 0 && s.len < NAME_ROOM;
}

/* "INSERT INTO table(columns) VALUES(?,…)" of the head of a table in a record. */
static enum status read_head(struct ctx *c, struct str *rest, struct str table, int64_t *columns,
                             struct buf *text)
{
    *columns = 0;
    enum status st = packed_take_int(c, rest, columns);
    if (st == ST_OK && (*columns < 1 || *columns > DUMP_COLUMNS_MAX || !is_name(table)))
        st = fail(c, ST_INTERNAL, "", "the record is damaged");
    buf_init(text, c->arena, 512, 8192);
    buf_addf(text, "INSERT INTO \"%.*s\"", STR_ARG(table));
    for (int64_t i = 0; st == ST_OK && i < *columns; i++) {
        struct str name = STR_NONE;
        st = take_text(c, rest, &name);
        if (st == ST_OK && !is_name(name))
            st = fail(c, ST_INTERNAL, "", "the record is damaged");
        if (st == ST_OK)
            buf_addf(text, "%c\"%.*s\"", i ? ',' : '(', STR_ARG(name));
    }
    if (st != ST_OK)
        return st;
    buf_add_text(text, ") VALUES(?");
    for (int64_t i = 1; i < *columns; i++)
        buf_add_text(text, ",?");
    buf_add_text(text, ")");
    return text->overflowed ? fail_memory(c) : ST_OK;
}

static enum status bind_value(struct ctx *c, sqlite3_stmt *q, int at, struct str *rest)
{
    int64_t type = 0;
    int64_t number;
    struct str bytes;
    enum status st = packed_take_int(c, rest, &type);
    if (st == ST_OK && type == VALUE_INT)
        st = packed_take_int(c, rest, &number);
    else if (st == ST_OK && (type == VALUE_TEXT || type == VALUE_BLOB))
        st = take_text(c, rest, &bytes);
    else if (st == ST_OK && type != VALUE_NULL)
        st = fail(c, ST_INTERNAL, "", "the record is damaged");
    if (st != ST_OK)
        return st;
    if (type == VALUE_NULL)
        sqlite3_bind_null(q, at);
    else if (type == VALUE_INT)
        bind_int(q, at, number);
    else if (type == VALUE_TEXT)
        bind_text(q, at, bytes);
    else
        bind_blob(q, at, bytes);
    return ST_OK;
}

static enum status load_rows(struct ctx *c, struct loader *l, sqlite3_stmt *q, int64_t columns,
                             struct str *rest, int64_t *count)
{
    for (;;) {
        int64_t mark;
        enum status st = packed_take_int(c, rest, &mark);
        if (st != ST_OK || mark != ROW)
            return st;
        for (int i = 1; st == ST_OK && i <= columns; i++)
            st = bind_value(c, q, i, rest);
        if (st == ST_OK)
            st = db_run(&l->db, c, q);
        if (st != ST_OK)
            return st;
        ++*count;
    }
}

enum status load_record(struct ctx *c, struct loader *l, struct str rows, int64_t *count)
{
    for (;;) {
        struct str table;
        struct buf text;
        int64_t columns;
        sqlite3_stmt *q = NULL;
        enum status st = take_text(c, &rows, &table);
        if (st == ST_OK && table.len == 0)
            return rows.len == 0 ? ST_OK : fail(c, ST_INTERNAL, "", "the record is damaged");
        if (st == ST_OK)
            st = read_head(c, &rows, table, &columns, &text);
        if (st != ST_OK)
            return st;
        int code = sqlite3_prepare_v2(l->db.handle, buf_str(&text).data, -1, &q, NULL);
        st = code == SQLITE_OK ? load_rows(c, l, q, columns, &rows, count)
                               : db_fail(&l->db, c, code);
        sqlite3_finalize(q);
        if (st != ST_OK)
            return st;
    }
}

int64_t load_newest(void)
{
    return migrations_newest();
}

enum status load_open(struct ctx *c, const char *path, int64_t schema, struct loader **out)
{
    const struct db_config config = {.path = path ? path : ":memory:", .writer = true};
    if (schema > migrations_newest() || schema < 1)
        return fail(c, ST_CONFLICT, "",
                    "it is of a newer StudyBunny: its schema is number %lld, this program knows "
                    "%lld; use the newer program",
                    (long long)schema, (long long)migrations_newest());
    struct loader *l = calloc(1, sizeof *l);
    if (!l)
        return fail_memory(c);
    enum status st = db_open(c, &config, &l->db);
    if (st == ST_OK)
        st = migrate_empty(c, &l->db, schema);
    if (st == ST_OK)
        st = db_script(&l->db, c, "BEGIN");
    if (st == ST_OK)
        *out = l;
    else
        load_close(l);
    return st;
}

static enum status read_file(struct ctx *c, sqlite3_stmt *q, void *item)
{
    struct media_object *out = item;
    enum status st = read_digest(c, q, 0, &out->key);
    if (st == ST_OK)
        st = read_digest(c, q, 1, &out->sha256);
    out->size = sqlite3_column_int64(q, 2);
    return st;
}

enum status load_files(struct ctx *c, struct loader *l, struct id owner, struct media_object **out,
                       int32_t *count)
{
    static const char text[] =
        "SELECT \"key\", sha256, size, count(*) OVER () FROM attachment WHERE user = ?1 AND "
        "state = 1";
    sqlite3_stmt *q;
    struct list list = {0};
    *count = 0;
    *out = NULL;
    /* A schema from before there were files. */
    if (sqlite3_table_column_metadata(l->db.handle, NULL, "attachment", NULL, NULL, NULL, NULL,
                                      NULL, NULL) != SQLITE_OK)
        return ST_OK;
    int code = sqlite3_prepare_v2(l->db.handle, text, -1, &q, NULL);
    if (code != SQLITE_OK)
        return db_fail(&l->db, c, code);
    bind_id(q, 1, &owner);
    enum status st = db_row(&l->db, c, q);
    int32_t n = st == ST_OK ? sqlite3_column_int(q, 3) : 0;
    db_reset(q);
    if (st == ST_OK)
        st = rows_list(c, &l->db, q, n, sizeof **out, read_file, &list);
    sqlite3_finalize(q);
    *out = list.items;
    *count = list.count;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status load_undo(struct ctx *c, struct loader *l)
{
    return db_script(&l->db, c, "ROLLBACK; BEGIN");
}

/* Clients know revisions of after the snapshot, as cursors and as versions. None of them may come
 * to stand for something else: the revisions go on far above all that there can have been. */
#define LOAD_REVISIONS (1LL << 32)

enum status load_finish(struct ctx *c, struct loader *l, int64_t sequence)
{
    char text[256];
    int64_t sound = 0;
    snprintf(text, sizeof text,
             "UPDATE desk SET rev = rev + %lld, oldest_cursor = rev + %lld;"
             "INSERT INTO journal(sequence, user, at, body) VALUES(%lld, x'00', 0, x'');"
             "DELETE FROM journal;",
             LOAD_REVISIONS, LOAD_REVISIONS, (long long)sequence);
    enum status st = db_script(&l->db, c, text);
    if (st == ST_OK)
        st = db_script(&l->db, c, "COMMIT");
    if (st == ST_OK)
        st = db_number(&l->db, c,
                       "SELECT integrity_check = 'ok' FROM pragma_integrity_check LIMIT 1", &sound);
    return st == ST_OK && !sound ? fail(c, ST_INTERNAL, "", "the new database is not sound") : st;
}

void load_close(struct loader *l)
{
    if (!l)
        return;
    if (l->db.handle)
        db_close(&l->db);
    free(l);
}
