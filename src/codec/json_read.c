#include <stdio.h>
#include <string.h>
#include <yyjson.h>

#include "base/arena.h"
#include "base/hex.h"
#include "codec/json.h"

/* Where in the document we are: a chain on the stack, turned into a pointer only for faults. */
struct place {
    const struct place *outer;
    const char *name; /* NULL: an item of a list */
    size_t name_len;
    size_t index;
};

struct reader {
    struct ctx *c;
    enum status status;
    bool import; /* JSON_IMPORT */
};

enum {
    POINTER_MAX = 256, /* more than a fault keeps: cutting at a character is left to fail_as */
    INDEX_MAX = 24
};

/* A name in a JSON pointer (RFC 6901); one that does not fit is cut. */
static size_t write_name(const struct place *p, char *out, size_t size)
{
    size_t at = 0;
    for (size_t i = 0; i < p->name_len && at + 2 < size; i++) {
        char ch = p->name[i];
        bool special = ch == '~' || ch == '/';
        out[at++] = special ? '~' : ch;
        if (special)
            out[at++] = ch == '~' ? '0' : '1';
    }
    return at;
}

static size_t write_place(const struct place *p, char *out, size_t size)
{
    if (!p)
        return 0;
    size_t at = write_place(p->outer, out, size);
    if (at + INDEX_MAX > size)
        return at;
    out[at++] = '/';
    if (p->name)
        return at + write_name(p, out + at, size - at);
    return at + (size_t)snprintf(out + at, size - at, "%zu", p->index);
}

static bool wrong(struct reader *r, const struct place *p, const char *code, const char *detail)
{
    char pointer[POINTER_MAX] = "";
    write_place(p, pointer, sizeof pointer);
    r->status = fail_as(r->c, ST_INVALID, pointer, code, "%s", detail);
    return false;
}

/* "must have 1 to 200 characters" */
static bool wrong_range(struct reader *r, const struct place *p, const char *code, const char *verb,
                        int64_t min, int64_t max, const char *what)
{
    char detail[96];
    snprintf(detail, sizeof detail, "must %s %lld to %lld%s", verb, (long long)min, (long long)max,
             what);
    return wrong(r, p, code, detail);
}

static bool no_memory(struct reader *r)
{
    r->status = fail_memory(r->c);
    return false;
}

static struct str text_of(yyjson_val *v)
{
    return (struct str){yyjson_get_str(v), yyjson_get_len(v)};
}

/* min and max both 0 stand for all that the type holds from 0 on. */
static int64_t highest(const struct field *f)
{
    if (f->min || f->max)
        return f->max;
    return f->kind == KIND_I64 ? INT64_MAX : INT32_MAX;
}

/* Numbers that no 64-bit type holds come as raw text. */
static bool read_int(struct reader *r, const struct field *f, const struct place *p, yyjson_val *v,
                     int64_t *out)
{
    if (!yyjson_is_int(v) && !yyjson_is_raw(v))
        return wrong(r, p, "type",
                     yyjson_is_num(v) ? "must be a whole number" : "must be a number");
    bool small =
        yyjson_is_sint(v) || (yyjson_is_uint(v) && yyjson_get_uint(v) <= (uint64_t)INT64_MAX);
    if (!small || yyjson_get_sint(v) < f->min || yyjson_get_sint(v) > highest(f))
        return wrong_range(r, p, "out_of_range", "be from", f->min, highest(f), "");
    *out = yyjson_get_sint(v);
    return true;
}

/* C0 and C1, but for line ends and tabs where a text may have lines. */
static bool has_control(struct str s, bool lines)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char ch = (unsigned char)s.data[i];
        bool allowed = lines && (ch == '\n' || ch == '\t' || ch == '\r');
        if ((ch < 0x20 && !allowed) || ch == 0x7F)
            return true;
        if (ch == 0xC2 && i + 1 < s.len && (unsigned char)s.data[i + 1] < 0xA0)
            return true;
    }
    return false;
}

static bool is_alphanumeric(char ch)
{
    return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z');
}

/* A part between dots: an atom of RFC 5322 before the "@", a label of a host name behind it. */
static bool is_email_part(struct str part, bool host)
{
    if (part.len == 0 || (host && part.len > 63))
        return false;
    for (size_t i = 0; i < part.len; i++) {
        char ch = part.data[i];
        bool edge = i == 0 || i + 1 == part.len;
        bool other = host ? ch == '-' && !edge : ch && strchr("!#$%&'*+/=?^_`{|}~-", ch);
        if (!is_alphanumeric(ch) && !other)
            return false;
    }
    return true;
}

static bool are_email_parts(struct str rest, bool host)
{
    while (rest.data)
        if (!is_email_part(str_cut(&rest, '.'), host))
            return false;
    return true;
}

/* The common forms of RFC 5321, without quotes, comments and addresses in brackets. Whether mail
 * arrives, only mail tells. */
static bool is_email(struct str s)
{
    struct str local = str_cut(&s, '@');
    return s.data && local.len <= 64 && are_email_parts(local, false) && are_email_parts(s, true);
}

static bool read_text(struct reader *r, const struct field *f, const struct place *p, yyjson_val *v,
                      struct str *out)
{
    if (!yyjson_is_str(v))
        return wrong(r, p, "type", "must be a text");
    struct str s = text_of(v);
    int64_t count = (int64_t)utf8_count(s);
    if (count < f->min || count > f->max)
        return wrong_range(r, p, count < f->min ? "too_short" : "too_long", "have", f->min, f->max,
                           " characters");
    if (has_control(s, f->flags & F_LINES))
        return wrong(r, p, "control_character", "must not contain control characters");
    if (f->format && strcmp(f->format, "email") == 0 && !is_email(s))
        return wrong(r, p, "format", "must be an e-mail address");
    *out = s;
    return true;
}

static bool read_choice(struct reader *r, const struct field *f, const struct place *p,
                        yyjson_val *v, unsigned *out)
{
    char detail[160] = "must be one of ";
    if (!yyjson_is_str(v))
        return wrong(r, p, "type", "must be a text");
    for (unsigned i = 0; f->choices[i]; i++) {
        if (str_eq(text_of(v), str_of(f->choices[i]))) {
            *out = i;
            return true;
        }
        size_t at = strlen(detail);
        snprintf(detail + at, sizeof detail - at, "%s%s", i ? ", " : "", f->choices[i]);
    }
    return wrong(r, p, "choice", detail);
}

static bool read_formatted(struct reader *r, const struct field *f, const struct place *p,
                           yyjson_val *v, void *at)
{
    if (!yyjson_is_str(v))
        return wrong(r, p, "type", "must be a text");
    struct str s = text_of(v);
    switch (f->kind) {
    case KIND_ID:
        return id_parse(s, at) || wrong(r, p, "format", "must be a UUID");
    case KIND_INSTANT:
        return instant_parse(s, at) ||
               wrong(r, p, "format", "must be a time such as 2026-11-26T12:00:00Z");
    case KIND_DATE:
        return date_parse(s, at) || wrong(r, p, "format", "must be a date such as 2026-11-26");
    default:
        return wall_parse(s, at) || wrong(r, p, "format", "must be a time of day such as 17:30");
    }
}

static bool read_digest(struct reader *r, const struct place *p, yyjson_val *v, struct digest *out)
{
    if (!yyjson_is_str(v))
        return wrong(r, p, "type", "must be a text");
    struct str s = text_of(v);
    return (s.len == 2 * sizeof out->bytes && hex_read(s.data, sizeof out->bytes, out->bytes)) ||
           wrong(r, p, "format", "must be 64 hexadecimal digits");
}

/* An integer member of a small object that has no table of its own. */
static bool read_part(struct reader *r, yyjson_val *object, const char *name, int64_t min,
                      int64_t max, const struct place *outer, int32_t *out)
{
    const struct place p = {outer, name, strlen(name), 0};
    const struct field f = {.kind = KIND_I32, .min = min, .max = max};
    yyjson_val *v = yyjson_obj_get(object, name);
    int64_t value;
    if (!v)
        return wrong(r, &p, "required", "is missing");
    if (!read_int(r, &f, &p, v, &value))
        return false;
    *out = (int32_t)value;
    return true;
}

static bool read_ratio(struct reader *r, const struct field *f, const struct place *p,
                       yyjson_val *v, struct ratio *out)
{
    if (!yyjson_is_obj(v))
        return wrong(r, p, "type", "must be an object with num and den");
    bool ok = read_part(r, v, "num", 0, RATIO_DEN_MAX * f->max, p, &out->num);
    ok &= read_part(r, v, "den", 1, RATIO_DEN_MAX, p, &out->den);
    yyjson_obj_iter it = yyjson_obj_iter_with(v);
    for (yyjson_val *key; (key = yyjson_obj_iter_next(&it));) {
        const struct place inner = {p, yyjson_get_str(key), yyjson_get_len(key), 0};
        if (!yyjson_equals_str(key, "num") && !yyjson_equals_str(key, "den"))
            ok = wrong(r, &inner, "unknown_field", "there is no such field");
    }
    if (ok && yyjson_obj_size(v) > 2)
        ok = wrong(r, p, "duplicate", "a name stands there twice");
    if (ok && (out->num < f->min * out->den || out->num > f->max * out->den))
        ok = wrong_range(r, p, "out_of_range", "be from", f->min, f->max, "");
    return ok;
}

static bool read_object(struct reader *r, const struct table *t, const struct place *p,
                        yyjson_val *v, enum json_mode mode, void *entity, field_set *present);

static bool read_list(struct reader *r, const struct field *f, const struct place *p, yyjson_val *v,
                      struct list *out)
{
    size_t size = f->of ? f->of->size : sizeof(struct id);
    const struct field item_field = {.kind = KIND_ID};
    if (!yyjson_is_arr(v))
        return wrong(r, p, "type", "must be a list");
    int64_t count = (int64_t)yyjson_arr_size(v);
    if (count < f->min || count > f->max)
        return wrong_range(r, p, count < f->min ? "too_few" : "too_many", "have", f->min, f->max,
                           " items");
    out->count = (int32_t)count;
    out->items = arena_array(r->c->arena, (size_t)count, size);
    if (!out->items)
        return no_memory(r);

    bool ok = true;
    yyjson_arr_iter it = yyjson_arr_iter_with(v);
    yyjson_val *item;
    for (size_t i = 0; (item = yyjson_arr_iter_next(&it)); i++) {
        const struct place inner = {p, NULL, 0, i};
        char *at = (char *)out->items + i * size;
        ok &= f->of ? read_object(r, f->of, &inner, item, JSON_CREATE, at, NULL)
                    : read_formatted(r, &item_field, &inner, item, at);
    }
    return ok;
}

static bool read_nested(struct reader *r, const struct field *f, const struct place *p,
                        yyjson_val *v, struct object *out)
{
    out->at = arena_alloc(r->c->arena, f->of->size);
    return out->at ? read_object(r, f->of, p, v, JSON_CREATE, out->at, NULL) : no_memory(r);
}

static bool read_value(struct reader *r, const struct field *f, const struct place *p,
                       yyjson_val *v, void *at)
{
    int64_t number;
    switch (f->kind) {
    case KIND_STR:
        return read_text(r, f, p, v, at);
    case KIND_I32:
        if (!read_int(r, f, p, v, &number))
            return false;
        *(int32_t *)at = (int32_t)number;
        return true;
    case KIND_I64:
        return read_int(r, f, p, v, at);
    case KIND_BOOL:
        if (!yyjson_is_bool(v))
            return wrong(r, p, "type", "must be true or false");
        *(bool *)at = yyjson_get_bool(v);
        return true;
    case KIND_CHOICE:
        return read_choice(r, f, p, v, at);
    case KIND_RATIO:
        return read_ratio(r, f, p, v, at);
    case KIND_LIST:
        return read_list(r, f, p, v, at);
    case KIND_OBJECT:
        return read_nested(r, f, p, v, at);
    case KIND_DIGEST:
        return read_digest(r, p, v, at);
    default:
        return read_formatted(r, f, p, v, at);
    }
}

static bool read_field(struct reader *r, const struct field *f, const struct place *p,
                       yyjson_val *v, enum json_mode mode, void *entity)
{
    bool hidden = (f->flags & F_HIDDEN) || f->kind == KIND_DIGEST;
    if (hidden && (!r->import || (f->flags & F_SECRET)))
        return wrong(r, p, "unknown_field", "there is no such field");
    if ((f->flags & F_READONLY) && !r->import)
        return wrong(r, p, "readonly", "only the server sets this");
    if ((f->flags & F_KEY) && mode != JSON_CREATE)
        return wrong(r, p, "readonly", "cannot be changed");
    if (!yyjson_is_null(v))
        return read_value(r, f, p, v, field_at(f, entity));
    if (!(f->flags & F_NULLABLE) && !hidden)
        return wrong(r, p, "null", "must not be null");
    field_init(f, entity);
    if (hidden && f->kind == KIND_STR)
        *(struct str *)field_at(f, entity) = STR_NONE;
    return true;
}

static void demand_required(struct reader *r, const struct table *t, const struct place *p,
                            field_set seen)
{
    for (int32_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        const struct place inner = {p, f->name, strlen(f->name), 0};
        if ((f->flags & F_REQUIRED) && !(seen >> i & 1))
            wrong(r, &inner, "required", "is missing");
    }
}

static bool read_object(struct reader *r, const struct table *t, const struct place *p,
                        yyjson_val *v, enum json_mode mode, void *entity, field_set *present)
{
    field_set seen = 0;
    if (mode != JSON_PATCH)
        entity_init(t, entity);
    if (!yyjson_is_obj(v))
        return wrong(r, p, "type", "must be an object");

    yyjson_obj_iter it = yyjson_obj_iter_with(v);
    for (yyjson_val *key; (key = yyjson_obj_iter_next(&it));) {
        struct str name = text_of(key);
        const struct place inner = {p, name.data, name.len, 0};
        int32_t at = table_find(t, name);
        if (at < 0) {
            wrong(r, &inner, "unknown_field", "there is no such field");
            continue;
        }
        if (seen >> at & 1)
            wrong(r, &inner, "duplicate", "the name stands there twice");
        seen |= (field_set)1 << at;
        read_field(r, &t->fields[at], &inner, yyjson_obj_iter_get_val(key), mode, entity);
    }
    if (mode != JSON_PATCH)
        demand_required(r, t, p, seen);
    if (present)
        *present = seen;
    return r->status == ST_OK;
}

/* yyjson's parser does not recurse, and we follow a document only as deep as the tables go: nesting
 * costs no stack. */
enum status json_read(struct ctx *c, struct str text, const struct table *t, enum json_mode mode,
                      void *entity, field_set *present)
{
    const yyjson_read_flag flags = YYJSON_READ_BIGNUM_AS_RAW;
    struct reader r = {.c = c, .import = mode == JSON_IMPORT};
    yyjson_read_err err;
    yyjson_alc memory;
    if (text.len == 0)
        return fail_as(c, ST_INVALID, "", "json", "the body must be a JSON object");
    size_t size = yyjson_read_max_memory_usage(text.len, flags);
    void *pool = arena_alloc(c->arena, size);
    if (!pool || !yyjson_alc_pool_init(&memory, pool, size))
        return fail_memory(c);
    /* Without the in-situ flag the text is only read. */
    yyjson_doc *doc =
        yyjson_read_opts((char *)(uintptr_t)text.data, text.len, flags, &memory, &err);
    if (!doc)
        return fail_as(c, ST_INVALID, "", "json", "not JSON: %s at byte %zu", err.msg, err.pos);
    read_object(&r, t, NULL, yyjson_doc_get_root(doc), r.import ? JSON_CREATE : mode, entity,
                present);
    return r.status;
}
