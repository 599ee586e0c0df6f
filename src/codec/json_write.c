#include <string.h>

#include "base/hex.h"
#include "codec/json.h"

enum {
    VALUE_MAX = 66, /* no value of fixed size takes more than a digest */
    ESCAPE_MAX = 6  /* \u001f */
};

/* A buffer being written: moving a pointer is what makes this fast, so its length is brought up to
 * date only when it must grow and at the end. */
struct out {
    struct buf *b;
    char *p;
    char *end;
    bool whole; /* hidden fields too */
};

static struct out out_begin(struct buf *b)
{
    if (!b->data)
        return (struct out){.b = b};
    size_t last = b->size - 1; /* the buffer keeps room for a NUL */
    if (last > b->cap)
        last = b->cap;
    return (struct out){.b = b, .p = b->data + b->len, .end = b->data + last};
}

static void out_end(struct out *o)
{
    if (!o->b->data)
        return;
    o->b->len = (size_t)(o->p - o->b->data);
    o->b->data[o->b->len] = '\0';
}

static bool grow(struct out *o, size_t n)
{
    out_end(o);
    size_t len = o->b->len;
    if (!buf_reserve(o->b, n))
        return false;
    o->b->len = len;
    const bool whole = o->whole;
    *o = out_begin(o->b);
    o->whole = whole;
    return o->p != NULL;
}

/* Makes room for `n` bytes; false when the buffer overflows, and then always. */
static inline bool room(struct out *o, size_t n)
{
    return (size_t)(o->end - o->p) >= n ? o->p && !o->b->overflowed : grow(o, n);
}

static inline void put_char(struct out *o, char ch)
{
    if (room(o, 1))
        *o->p++ = ch;
}

static inline void put(struct out *o, const char *text, size_t len)
{
    if (room(o, len)) {
        memcpy(o->p, text, len);
        o->p += len;
    }
}

/* Not zero when one of eight bytes must be escaped. Bytes above 0x7F need not be; a borrow comes
 * only out of a byte that is marked rightly, so it does not matter that it may mark its neighbour.
 */
static inline uint64_t must_escape(uint64_t bytes)
{
    const uint64_t ones = 0x0101010101010101U;
    uint64_t quote = bytes ^ ones * '"';
    uint64_t backslash = bytes ^ ones * '\\';
    return (((bytes - ones * 0x20) & ~bytes) | ((quote - ones) & ~quote) |
            ((backslash - ones) & ~backslash)) &
           ones * 0x80;
}

static char *escape(char *p, unsigned char ch)
{
    *p++ = '\\';
    switch (ch) {
    case '"':
    case '\\':
        *p++ = (char)ch;
        return p;
    case '\n':
        *p++ = 'n';
        return p;
    case '\r':
        *p++ = 'r';
        return p;
    case '\t':
        *p++ = 't';
        return p;
    default:
        memcpy(p, "u00", 3);
        hex_write(&ch, 1, p + 3);
        return p + 5;
    }
}

static inline bool plain(unsigned char ch)
{
    return ch >= 0x20 && ch != '"' && ch != '\\';
}

/* The rest of a text, from the first byte that must be escaped on. */
static void put_escaped(struct out *o, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!room(o, ESCAPE_MAX))
            return;
        if (plain((unsigned char)s[i]))
            *o->p++ = s[i];
        else
            o->p = escape(o->p, (unsigned char)s[i]);
    }
}

static void put_text(struct out *o, struct str s)
{
    size_t i = 0;
    if (!room(o, s.len + 2))
        return;
    char *p = o->p;
    *p++ = '"';
    for (; i + 8 <= s.len; i += 8, p += 8) {
        uint64_t bytes;
        memcpy(&bytes, s.data + i, 8);
        if (must_escape(bytes))
            break;
        memcpy(p, &bytes, 8);
    }
    while (i < s.len && plain((unsigned char)s.data[i]))
        *p++ = s.data[i++];
    o->p = p;
    if (i < s.len)
        put_escaped(o, s.data + i, s.len - i);
    put_char(o, '"');
}

static inline char *format_uint(char *p, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    if (value < 10) {
        *p = (char)('0' + value);
        return p + 1;
    }
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    memcpy(p, digits + at, sizeof digits - at);
    return p + (sizeof digits - at);
}

static inline char *format_int(char *p, int64_t value)
{
    if (value < 0)
        *p++ = '-';
    return format_uint(p, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

static char *format_digest(char *p, const struct digest *d)
{
    hex_write(d->bytes, sizeof d->bytes, p);
    return p + 2 * sizeof d->bytes;
}

static char *format_ratio(char *p, struct ratio r)
{
    memcpy(p, "{\"num\":", 7);
    p = format_int(p + 7, r.num);
    memcpy(p, ",\"den\":", 7);
    p = format_int(p + 7, r.den);
    *p++ = '}';
    return p;
}

/* Writes a value whose text is never longer than VALUE_MAX; NULL for the other kinds. */
static inline char *format_value(char *p, const struct field *f, const void *at)
{
    char *start = p;
    switch (f->kind) {
    case KIND_I32:
        return format_int(p, *(const int32_t *)at);
    case KIND_I64:
        return format_int(p, *(const int64_t *)at);
    case KIND_BOOL:
        memcpy(p, *(const bool *)at ? "true " : "false", 5);
        return p + 5 - *(const bool *)at;
    case KIND_RATIO:
        return format_ratio(p, *(const struct ratio *)at);
    case KIND_ID:
        id_format(*(const struct id *)at, p + 1);
        p += 1 + ID_TEXT_LEN;
        break;
    case KIND_INSTANT:
        p += 1 + instant_format(*(const struct instant *)at, p + 1);
        break;
    case KIND_DATE:
        date_format(*(const struct date *)at, p + 1);
        p += 1 + DATE_TEXT_LEN;
        break;
    case KIND_WALL:
        wall_format(*(const struct wall *)at, p + 1);
        p += 1 + WALL_TEXT_LEN;
        break;
    case KIND_DIGEST:
        p = format_digest(p + 1, at);
        break;
    default:
        return NULL;
    }
    *start = '"';
    *p++ = '"';
    return p;
}

static void put_entity(struct out *o, const struct table *t, const void *entity);

static void put_ids(struct out *o, const struct id *ids, int32_t count)
{
    const struct field id = {.kind = KIND_ID};
    put_char(o, '[');
    for (int32_t i = 0; i < count; i++) {
        if (!room(o, VALUE_MAX))
            return;
        if (i)
            *o->p++ = ',';
        o->p = format_value(o->p, &id, &ids[i]);
    }
    put_char(o, ']');
}

static void put_array(struct out *o, const struct table *t, const void *items, int32_t count)
{
    put_char(o, '[');
    for (int32_t i = 0; i < count; i++) {
        if (i)
            put_char(o, ',');
        put_entity(o, t, (const char *)items + (size_t)i * t->size);
    }
    put_char(o, ']');
}

static void put_long_value(struct out *o, const struct field *f, const void *at)
{
    const struct list *list = at;
    if (f->kind == KIND_STR)
        put_text(o, *(const struct str *)at);
    else if (f->kind == KIND_CHOICE)
        put_text(o, str_of(f->choices[*(const unsigned *)at]));
    else if (f->kind == KIND_OBJECT)
        put_entity(o, f->of, ((const struct object *)at)->at);
    else if (f->kind == KIND_LIST && f->of)
        put_array(o, f->of, list->items, list->count);
    else if (f->kind == KIND_LIST)
        put_ids(o, list->items, list->count);
}

static void put_entity(struct out *o, const struct table *t, const void *entity)
{
    const unsigned left_out = o->whole ? F_SECRET : F_HIDDEN | F_SECRET;
    char before = '{';
    for (int32_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if ((f->flags & left_out) || (f->kind == KIND_DIGEST && !o->whole))
            continue;
        if (!room(o, sizeof f->key + VALUE_MAX))
            return;
        memcpy(o->p, f->key, sizeof f->key); /* of a fixed size: two moves and no call */
        *o->p = before;
        o->p += f->key_len;
        before = ',';
        if (field_is_null(f, entity)) {
            memcpy(o->p, "null", 4);
            o->p += 4;
            continue;
        }
        const void *at = field_in(f, entity);
        char *p = format_value(o->p, f, at);
        if (p)
            o->p = p;
        else
            put_long_value(o, f, at);
    }
    if (before == '{')
        put_char(o, '{');
    put_char(o, '}');
}

void json_write(struct buf *b, const struct table *t, const void *entity)
{
    struct out o = out_begin(b);
    put_entity(&o, t, entity);
    out_end(&o);
}

void json_write_array(struct buf *b, const struct table *t, const void *items, int32_t count)
{
    struct out o = out_begin(b);
    put_array(&o, t, items, count);
    out_end(&o);
}

void json_export(struct buf *b, const struct table *t, const void *entity)
{
    struct out o = out_begin(b);
    o.whole = true;
    put_entity(&o, t, entity);
    out_end(&o);
}

void json_export_array(struct buf *b, const struct table *t, const void *items, int32_t count)
{
    struct out o = out_begin(b);
    o.whole = true;
    put_array(&o, t, items, count);
    out_end(&o);
}

void json_write_page(struct buf *b, const struct table *t, const void *items, int32_t count,
                     struct str next)
{
    buf_add_text(b, "{\"items\":");
    json_write_array(b, t, items, count);
    buf_add_text(b, ",\"next\":");
    json_write_text(b, next);
    buf_add_char(b, '}');
}

void json_write_text(struct buf *b, struct str s)
{
    struct out o = out_begin(b);
    if (s.data)
        put_text(&o, s);
    else
        put(&o, "null", 4);
    out_end(&o);
}

static void write_value(struct buf *b, enum kind kind, const void *at)
{
    const struct field f = {.kind = kind};
    struct out o = out_begin(b);
    if (room(&o, VALUE_MAX))
        o.p = format_value(o.p, &f, at);
    out_end(&o);
}

void json_write_id(struct buf *b, struct id id)
{
    if (id_is_none(id))
        buf_add_text(b, "null");
    else
        write_value(b, KIND_ID, &id);
}

void json_write_instant(struct buf *b, struct instant t)
{
    if (instant_is_none(t))
        buf_add_text(b, "null");
    else
        write_value(b, KIND_INSTANT, &t);
}
