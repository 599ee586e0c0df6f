#include "store_sqlite/rows.h"

#include <assert.h>

#include "base/arena.h"
#include "codec/packed.h"
#include "model/account.h"
#include "model/audit.h"
#include "model/desk.h"
#include "model/invitation.h"

enum {
    SQL_BYTES_MAX = 16384,
    LIST_BYTES_MAX = 4 * 1024 * 1024 /* of one packed list */
};

static int columns_of(const struct field *f)
{
    return f->kind == KIND_RATIO ? 2 : 1;
}

int rows_columns(const struct table *t)
{
    int n = 0;
    for (int32_t i = 0; i < t->count; i++)
        n += columns_of(&t->fields[i]);
    return n;
}

static const struct table *table_of(struct str name)
{
    static const struct table *const tables[] = {&account_table,
                                                 &session_table,
                                                 &settings_table,
                                                 &availability_table,
                                                 &plan_table,
                                                 &course_table,
                                                 &task_table,
                                                 &event_table,
                                                 &work_entry_table,
                                                 &tombstone_table,
                                                 &attachment_table,
                                                 &feed_table,
                                                 &feed_item_table,
                                                 &calendar_link_table,
                                                 &audit_entry_table,
                                                 &invitation_table,
                                                 &notification_mark_table,
                                                 &former_plan_table};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if (str_eq(name, str_of(tables[i]->name)))
            return tables[i];
    return NULL;
}

/* One column in the form that `form` asks for; `number` is its parameter's. */
static void add_column(struct buf *b, const struct table *t, const char *name, const char *suffix,
                       char form, int number)
{
    if (form == '?') {
        buf_addf(b, "?%d", number);
        return;
    }
    if (form == '.')
        buf_addf(b, "%s.", t->name);
    buf_addf(b, "\"%s%s\"", name, suffix);
    if (form == '=')
        buf_addf(b, "=?%d", number);
}

static void add_columns(struct buf *b, const struct table *t, char form, int number)
{
    for (int32_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        bool is_ratio = f->kind == KIND_RATIO;
        if (i)
            buf_add_char(b, ',');
        add_column(b, t, f->name, is_ratio ? "_num" : "", form, number++);
        if (is_ratio) {
            buf_add_char(b, ',');
            add_column(b, t, f->name, "_den", form, number++);
        }
    }
}

const char *rows_expand(struct ctx *c, const char *text)
{
    if (!strchr(text, '{'))
        return text;
    struct buf b;
    struct str rest = str_of(text);
    buf_init(&b, c->arena, 1024, SQL_BYTES_MAX);
    while (rest.data) {
        buf_add_str(&b, str_cut(&rest, '{'));
        if (!rest.data)
            break;
        struct str inside = str_cut(&rest, '}');
        size_t len = 0;
        while (len < inside.len && (inside.data[len] == '_' || inside.data[len] >= 'a'))
            len++;
        uint64_t number = 0;
        char form = len < inside.len ? inside.data[len] : ' ';
        if (len + 1 < inside.len)
            str_to_uint((struct str){inside.data + len + 1, inside.len - len - 1}, 100, &number);
        const struct table *t = table_of((struct str){inside.data, len});
        assert(t);
        add_columns(&b, t, form, (int)number);
    }
    return b.overflowed ? NULL : buf_str(&b).data;
}

static enum status bind_list(struct ctx *c, sqlite3_stmt *query, int at, const struct field *f,
                             const void *list)
{
    struct buf b;
    buf_init(&b, c->arena, 256, LIST_BYTES_MAX);
    if (!packed_write_list(&b, f, list))
        return fail_memory(c);
    bind_blob(query, at, buf_str(&b));
    return ST_OK;
}

static enum status bind_object(struct ctx *c, sqlite3_stmt *query, int at, const struct field *f,
                               const struct object *object)
{
    struct buf b;
    if (!object->at) {
        sqlite3_bind_null(query, at);
        return ST_OK;
    }
    buf_init(&b, c->arena, 256, LIST_BYTES_MAX);
    if (!packed_write(&b, f->of, object->at))
        return fail_memory(c);
    bind_blob(query, at, buf_str(&b));
    return ST_OK;
}

static enum status bind_value(struct ctx *c, sqlite3_stmt *query, int at, const struct field *f,
                              const void *value)
{
    switch (f->kind) {
    case KIND_ID:
        bind_id(query, at, value);
        break;
    case KIND_STR:
        bind_text(query, at, *(const struct str *)value);
        break;
    case KIND_I32:
        bind_int(query, at, *(const int32_t *)value);
        break;
    case KIND_I64:
        bind_int(query, at, *(const int64_t *)value);
        break;
    case KIND_BOOL:
        bind_int(query, at, *(const bool *)value);
        break;
    case KIND_CHOICE:
        bind_int(query, at, *(const unsigned *)value);
        break;
    case KIND_INSTANT:
        bind_instant(query, at, *(const struct instant *)value);
        break;
    case KIND_DATE:
        bind_int(query, at, ((const struct date *)value)->days);
        break;
    case KIND_WALL:
        bind_int(query, at, ((const struct wall *)value)->minute);
        break;
    case KIND_RATIO:
        bind_int(query, at, ((const struct ratio *)value)->num);
        bind_int(query, at + 1, ((const struct ratio *)value)->den);
        break;
    case KIND_DIGEST:
        bind_digest(query, at, value);
        break;
    case KIND_LIST:
        return bind_list(c, query, at, f, value);
    case KIND_OBJECT:
        return bind_object(c, query, at, f, value);
    }
    return ST_OK;
}

enum status rows_bind(struct ctx *c, sqlite3_stmt *query, int first, const struct table *t,
                      const void *entity, int64_t version)
{
    enum status st = ST_OK;
    int at = first;
    for (int32_t i = 0; st == ST_OK && i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if (version >= 0 && f->kind == KIND_I64 && strcmp(f->name, "version") == 0)
            bind_int(query, at, version);
        else
            st = bind_value(c, query, at, f, field_in(f, entity));
        at += columns_of(f);
    }
    return st;
}

static enum status damaged(struct ctx *c, const struct table *t, const struct field *f)
{
    return fail_as(c, ST_INTERNAL, "", "damaged", "the database holds a damaged %s.%s", t->name,
                   f->name);
}

struct str read_blob(sqlite3_stmt *query, int at)
{
    const void *bytes = sqlite3_column_blob(query, at);
    return (struct str){bytes ? bytes : "", (size_t)sqlite3_column_bytes(query, at)};
}

static bool read_bytes(sqlite3_stmt *query, int at, void *out, size_t len)
{
    struct str bytes = read_blob(query, at);
    if (bytes.len != len)
        return false;
    memcpy(out, bytes.data, len);
    return true;
}

enum status read_id(struct ctx *c, sqlite3_stmt *query, int at, struct id *out)
{
    return read_bytes(query, at, out, sizeof *out)
               ? ST_OK
               : fail_as(c, ST_INTERNAL, "", "damaged", "the database holds a damaged id");
}

enum status read_digest(struct ctx *c, sqlite3_stmt *query, int at, struct digest *out)
{
    return read_bytes(query, at, out, sizeof *out)
               ? ST_OK
               : fail_as(c, ST_INTERNAL, "", "damaged", "the database holds a damaged digest");
}

static bool read_i32(sqlite3_stmt *query, int at, int32_t *out)
{
    int64_t value = sqlite3_column_int64(query, at);
    *out = (int32_t)value;
    return *out == value;
}

static bool read_choice(sqlite3_stmt *query, int at, const struct field *f, unsigned *out)
{
    int64_t value = sqlite3_column_int64(query, at);
    for (int64_t i = 0; i <= value && value >= 0; i++)
        if (!f->choices[i])
            return false;
    *out = (unsigned)value;
    return value >= 0;
}

static enum status read_text(struct ctx *c, sqlite3_stmt *query, int at, struct arena *a,
                             struct str *out)
{
    const char *text = (const char *)sqlite3_column_text(query, at);
    if (!text)
        return ST_OK;
    *out = str_copy(a, (struct str){text, (size_t)sqlite3_column_bytes(query, at)});
    return out->data ? ST_OK : fail_memory(c);
}

/* NULL is what the struct has in a member of zeroes, except for instants and dates; asking for the
 * type of every column would cost a tenth of loading a desk. */
static void read_instant(sqlite3_stmt *query, int at, struct instant *out)
{
    out->ms = sqlite3_column_int64(query, at);
    if (out->ms == 0 && sqlite3_column_type(query, at) == SQLITE_NULL)
        *out = INSTANT_NONE;
}

/* None is written as its number; NULL stands in rows from before there was the column. */
static bool read_date(sqlite3_stmt *query, int at, struct date *out)
{
    bool good = read_i32(query, at, &out->days);
    if (out->days == 0 && sqlite3_column_type(query, at) == SQLITE_NULL)
        *out = DATE_NONE;
    return good;
}

static bool read_id_or_none(sqlite3_stmt *query, int at, struct id *out)
{
    struct str bytes = read_blob(query, at);
    if (bytes.len == sizeof *out)
        memcpy(out, bytes.data, sizeof *out);
    return bytes.len == sizeof *out || bytes.len == 0;
}

static enum status read_object(struct ctx *c, sqlite3_stmt *query, int at, const struct field *f,
                               struct arena *a, struct object *out)
{
    if (sqlite3_column_type(query, at) == SQLITE_NULL)
        return ST_OK;
    out->at = arena_alloc(a, f->of->size);
    return out->at ? packed_read(c, read_blob(query, at), f->of, a, out->at) : fail_memory(c);
}

static enum status read_value(struct ctx *c, sqlite3_stmt *query, int at, const struct table *t,
                              const struct field *f, struct arena *a, void *value)
{
    bool good = true;
    switch (f->kind) {
    case KIND_ID:
        good = read_id_or_none(query, at, value);
        break;
    case KIND_DIGEST:
        good = read_bytes(query, at, value, sizeof(struct digest));
        break;
    case KIND_STR:
        return read_text(c, query, at, a, value);
    case KIND_I32:
        good = read_i32(query, at, value);
        break;
    case KIND_I64:
        *(int64_t *)value = sqlite3_column_int64(query, at);
        break;
    case KIND_BOOL:
        *(bool *)value = sqlite3_column_int64(query, at) != 0;
        break;
    case KIND_CHOICE:
        good = read_choice(query, at, f, value);
        break;
    case KIND_INSTANT:
        read_instant(query, at, value);
        break;
    case KIND_DATE:
        good = read_date(query, at, value);
        break;
    case KIND_WALL:
        good = read_i32(query, at, &((struct wall *)value)->minute);
        break;
    case KIND_RATIO:
        good = read_i32(query, at, &((struct ratio *)value)->num) &&
               read_i32(query, at + 1, &((struct ratio *)value)->den);
        break;
    case KIND_LIST:
        return packed_read_list(c, read_blob(query, at), f, a, value);
    case KIND_OBJECT:
        return read_object(c, query, at, f, a, value);
    }
    return good ? ST_OK : damaged(c, t, f);
}

enum status rows_read(struct ctx *c, sqlite3_stmt *query, int first, const struct table *t,
                      struct arena *a, void *entity)
{
    enum status st = ST_OK;
    int at = first;
    memset(entity, 0, t->size);
    for (int32_t i = 0; st == ST_OK && i < t->count; i++) {
        const struct field *f = &t->fields[i];
        st = read_value(c, query, at, t, f, a, field_at(f, entity));
        at += columns_of(f);
    }
    return st;
}

enum status read_first_id(struct ctx *c, sqlite3_stmt *query, void *item)
{
    return read_id(c, query, 0, item);
}

enum status rows_list(struct ctx *c, struct db *db, sqlite3_stmt *query, int32_t n, size_t size,
                      row_reader *read, struct list *out)
{
    enum status st = ST_OK;
    *out = (struct list){arena_array(c->arena, (size_t)n + 1, size), 0};
    if (!out->items)
        st = fail_memory(c);
    while (st == ST_OK && out->count < n && (st = db_row(db, c, query)) == ST_OK) {
        st = read(c, query, (char *)out->items + (size_t)out->count * size);
        out->count += st == ST_OK;
    }
    db_reset(query);
    return st == ST_NOT_FOUND ? ST_OK : st;
}
