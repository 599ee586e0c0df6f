#include "codec/packed.h"

#include <string.h>

#include "base/arena.h"

enum {
    VARINT_MAX = 10, /* bytes of 64 bits, seven a byte */
    RECENT_IDS = 256,
};

/* What the items of a list before this one had: a plan names each task several times, and its
 * blocks follow each other closely, so what is told by difference takes a fifth. */
struct recent {
    int64_t ms;                /* the last time */
    struct id ids[RECENT_IDS]; /* by their last byte, the latest of each */
};

/* 0 marks no text, so lengths are written one higher. */

static inline size_t format_varint(char *at, int64_t value)
{
    uint64_t zigzag = (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);
    size_t n = 0;
    while (zigzag > 0x7F) {
        at[n++] = (char)((zigzag & 0x7F) | 0x80);
        zigzag >>= 7;
    }
    at[n++] = (char)zigzag;
    return n;
}

/* Most numbers go straight to where they belong: a plan is some hundred of them. */
void packed_put_int(struct buf *b, int64_t value)
{
    char bytes[VARINT_MAX];
    if (b->size - b->len > VARINT_MAX && b->cap - b->len >= VARINT_MAX) {
        b->len += format_varint(b->data + b->len, value);
        b->data[b->len] = '\0';
    } else {
        buf_add(b, bytes, format_varint(bytes, value));
    }
}

void packed_put_bytes(struct buf *b, const void *bytes, size_t len)
{
    buf_add(b, bytes, len);
}

static enum status damaged(struct ctx *c, const char *what)
{
    return fail_as(c, ST_INTERNAL, "", "damaged", "packed bytes are damaged: %s", what);
}

enum status packed_take_int(struct ctx *c, struct str *rest, int64_t *out)
{
    uint64_t zigzag = 0;
    for (unsigned i = 0; i < VARINT_MAX && i < rest->len; i++) {
        unsigned char byte = (unsigned char)rest->data[i];
        zigzag |= (uint64_t)(byte & 0x7F) << (7 * i);
        if (byte & 0x80)
            continue;
        rest->data += i + 1;
        rest->len -= i + 1;
        *out = (int64_t)(zigzag >> 1) ^ -(int64_t)(zigzag & 1);
        return ST_OK;
    }
    return damaged(c, "a number does not end");
}

enum status packed_take_bytes(struct ctx *c, struct str *rest, size_t len, void *out)
{
    if (rest->len < len)
        return damaged(c, "too short");
    if (len == 0)
        return ST_OK;
    memcpy(out, rest->data, len);
    rest->data += len;
    rest->len -= len;
    return ST_OK;
}

static void write_text(struct buf *b, struct str s)
{
    packed_put_int(b, s.data ? (int64_t)s.len + 1 : 0);
    buf_add_str(b, s);
}

/* A place in `recent`, from 1 on; or 0 and the id, which takes its place there. */
static void write_id(struct buf *b, const struct id *id, struct recent *recent)
{
    struct id *place = &recent->ids[id->bytes[15]];
    if (id_eq(*place, *id) && !id_is_none(*id)) {
        packed_put_int(b, id->bytes[15] + 1);
        return;
    }
    *place = *id;
    packed_put_int(b, 0);
    buf_add(b, id->bytes, sizeof id->bytes);
}

/* Twice the minutes since the last time, which is all if they are whole; else one more, and the
 * milliseconds that are left. "None" is far from all, and wraps around. */
static void write_instant(struct buf *b, struct instant at, struct recent *recent)
{
    int64_t ms = (int64_t)((uint64_t)at.ms - (uint64_t)recent->ms);
    packed_put_int(b, ms / MINUTE_MS * 2 + (ms % MINUTE_MS != 0));
    if (ms % MINUTE_MS != 0)
        packed_put_int(b, ms % MINUTE_MS);
    recent->ms = at.ms;
}

static void write_entity(struct buf *b, const struct table *t, const void *entity,
                         struct recent *recent);

bool packed_write_list(struct buf *b, const struct field *f, const struct list *list)
{
    size_t size = f->of ? f->of->size : sizeof(struct id);
    struct recent recent;
    packed_put_int(b, f->of ? -(int64_t)list->count : list->count);
    if (f->of && list->count > 0)
        memset(&recent, 0, sizeof recent);
    for (int32_t i = 0; i < list->count; i++) {
        const char *item = (const char *)list->items + (size_t)i * size;
        if (f->of)
            write_entity(b, f->of, item, &recent);
        else
            buf_add(b, item, size);
    }
    return !b->overflowed;
}

/* `recent` is that of the list which the entity stands in; NULL: it stands alone. */
static void write_value(struct buf *b, const struct field *f, const void *at, struct recent *recent)
{
    switch (f->kind) {
    case KIND_ID:
        if (recent)
            write_id(b, at, recent);
        else
            buf_add(b, at, sizeof(struct id));
        break;
    case KIND_DIGEST:
        buf_add(b, at, kind_size(f->kind));
        break;
    case KIND_STR:
        write_text(b, *(const struct str *)at);
        break;
    case KIND_I32:
        packed_put_int(b, *(const int32_t *)at);
        break;
    case KIND_I64:
        packed_put_int(b, *(const int64_t *)at);
        break;
    case KIND_BOOL:
        packed_put_int(b, *(const bool *)at);
        break;
    case KIND_CHOICE:
        packed_put_int(b, *(const unsigned *)at);
        break;
    case KIND_INSTANT:
        if (recent)
            write_instant(b, *(const struct instant *)at, recent);
        else
            packed_put_int(b, ((const struct instant *)at)->ms);
        break;
    case KIND_DATE:
        packed_put_int(b, ((const struct date *)at)->days);
        break;
    case KIND_WALL:
        packed_put_int(b, ((const struct wall *)at)->minute);
        break;
    case KIND_RATIO:
        packed_put_int(b, ((const struct ratio *)at)->num);
        packed_put_int(b, ((const struct ratio *)at)->den);
        break;
    case KIND_LIST:
        packed_write_list(b, f, at);
        break;
    case KIND_OBJECT: {
        const void *object = ((const struct object *)at)->at;
        packed_put_int(b, object != NULL);
        if (object)
            packed_write(b, f->of, object);
        break;
    }
    }
}

static void write_entity(struct buf *b, const struct table *t, const void *entity,
                         struct recent *recent)
{
    packed_put_int(b, t->count);
    for (int32_t i = 0; i < t->count; i++)
        write_value(b, &t->fields[i], field_in(&t->fields[i], entity), recent);
}

bool packed_write(struct buf *b, const struct table *t, const void *entity)
{
    write_entity(b, t, entity, NULL);
    return !b->overflowed;
}

static enum status take_between(struct ctx *c, struct str *rest, int64_t min, int64_t max,
                                int64_t *out)
{
    enum status st = packed_take_int(c, rest, out);
    if (st == ST_OK && (*out < min || *out > max))
        st = damaged(c, "a number is out of range");
    return st;
}

static enum status take_i32(struct ctx *c, struct str *rest, int32_t *out)
{
    int64_t value;
    enum status st = take_between(c, rest, INT32_MIN, INT32_MAX, &value);
    if (st == ST_OK)
        *out = (int32_t)value;
    return st;
}

static enum status take_text(struct ctx *c, struct str *rest, struct arena *a, struct str *out)
{
    int64_t len;
    enum status st = take_between(c, rest, 0, (int64_t)rest->len + 1, &len);
    if (st != ST_OK)
        return st;
    *out = STR_NONE;
    if (len == 0)
        return ST_OK;
    if ((size_t)len - 1 > rest->len)
        return damaged(c, "a text is cut off");
    if (!utf8_valid((struct str){rest->data, (size_t)len - 1}))
        return damaged(c, "a text is not UTF-8");
    *out = str_copy(a, (struct str){rest->data, (size_t)len - 1});
    if (!out->data)
        return fail_memory(c);
    rest->data += len - 1;
    rest->len -= (size_t)len - 1;
    return ST_OK;
}

static enum status take_recent_id(struct ctx *c, struct str *rest, struct recent *recent,
                                  struct id *out)
{
    int64_t place;
    enum status st = take_between(c, rest, 0, RECENT_IDS, &place);
    if (st == ST_OK && place == 0) {
        st = packed_take_bytes(c, rest, sizeof out->bytes, out->bytes);
        recent->ids[out->bytes[15]] = *out;
        return st;
    }
    if (st != ST_OK)
        return st;
    *out = recent->ids[place - 1];
    return id_is_none(*out) ? damaged(c, "an id is that of no item before") : ST_OK;
}

static enum status take_entity(struct ctx *c, struct str *rest, const struct table *t,
                               struct arena *a, void *entity, struct recent *recent);

static enum status take_list(struct ctx *c, struct str *rest, const struct field *f,
                             struct arena *a, struct list *out)
{
    struct recent recent;
    size_t size = f->of ? f->of->size : sizeof(struct id);
    int64_t count = 0;
    /* Every item takes at least a byte, so hostile counts cannot ask for much memory. */
    const int64_t most = (int64_t)rest->len;
    enum status st = take_between(c, rest, f->of ? -most : 0, most, &count);
    if (st != ST_OK || count == 0)
        return st;
    /* Each item stood for itself once: such lists have a count above 0. */
    const bool leaning = count < 0;
    count = leaning ? -count : count;
    if (count > INT32_MAX)
        return damaged(c, "a list is too long");
    out->items = arena_array(a, (size_t)count, size);
    if (!out->items)
        return fail_memory(c);
    if (leaning)
        memset(&recent, 0, sizeof recent);
    for (; st == ST_OK && out->count < count; out->count++) {
        char *item = (char *)out->items + (size_t)out->count * size;
        st = f->of ? take_entity(c, rest, f->of, a, item, leaning ? &recent : NULL)
                   : packed_take_bytes(c, rest, size, item);
    }
    return st;
}

static enum status take_object(struct ctx *c, struct str *rest, const struct field *f,
                               struct arena *a, struct object *out)
{
    int64_t present;
    enum status st = take_between(c, rest, 0, 1, &present);
    if (st != ST_OK || !present)
        return st;
    out->at = arena_alloc(a, f->of->size);
    return out->at ? packed_take(c, rest, f->of, a, out->at) : fail_memory(c);
}

static enum status take_difference(struct ctx *c, struct str *rest, struct recent *recent,
                                   int64_t *out)
{
    const int64_t most = INT64_MAX / MINUTE_MS * 2 + 1;
    int64_t minutes = 0;
    int64_t ms = 0;
    enum status st = take_between(c, rest, -most, most, &minutes);
    if (st == ST_OK && minutes & 1)
        st = take_between(c, rest, -MINUTE_MS, MINUTE_MS, &ms);
    uint64_t all = (uint64_t)((minutes - (minutes & 1)) / 2 * MINUTE_MS) + (uint64_t)ms;
    *out = recent->ms = (int64_t)((uint64_t)recent->ms + all);
    return st;
}

/* Times that cannot be written as text are damage; none has the mark it has in memory. */
static enum status take_instant(struct ctx *c, struct str *rest, struct recent *recent,
                                struct instant *out)
{
    const int64_t end = instant_at(date_make(10000, 1, 1), 0).ms;
    enum status st =
        recent ? take_difference(c, rest, recent, &out->ms) : packed_take_int(c, rest, &out->ms);
    if (st == ST_OK && !instant_is_none(*out) && (out->ms < 0 || out->ms >= end))
        st = damaged(c, "a time is out of range");
    return st;
}

static enum status take_date(struct ctx *c, struct str *rest, struct date *out)
{
    enum status st = take_i32(c, rest, &out->days);
    bool none = st == ST_OK && out->days == DATE_NONE.days;
    if (st == ST_OK && !none && (out->days < 0 || out->days >= date_make(10000, 1, 1).days))
        st = damaged(c, "a date is out of range");
    return st;
}

static enum status take_wall(struct ctx *c, struct str *rest, struct wall *out)
{
    int64_t minute;
    enum status st = take_between(c, rest, 0, DAY_MINUTES, &minute);
    if (st == ST_OK)
        out->minute = (int32_t)minute;
    return st;
}

static enum status take_ratio(struct ctx *c, struct str *rest, struct ratio *out)
{
    enum status st = take_i32(c, rest, &out->num);
    if (st == ST_OK)
        st = take_i32(c, rest, &out->den);
    if (st == ST_OK && (out->num < 0 || out->den < 0))
        st = damaged(c, "a ratio is negative");
    return st;
}

static int64_t choice_count(const struct field *f)
{
    int64_t n = 0;
    while (f->choices[n])
        n++;
    return n;
}

static enum status take_value(struct ctx *c, struct str *rest, const struct field *f,
                              struct arena *a, void *at, struct recent *recent)
{
    int64_t value;
    enum status st;
    switch (f->kind) {
    case KIND_ID:
        return recent ? take_recent_id(c, rest, recent, at)
                      : packed_take_bytes(c, rest, sizeof(struct id), at);
    case KIND_DIGEST:
        return packed_take_bytes(c, rest, kind_size(f->kind), at);
    case KIND_STR:
        return take_text(c, rest, a, at);
    case KIND_I32:
        return take_i32(c, rest, at);
    case KIND_I64:
        return packed_take_int(c, rest, at);
    case KIND_BOOL:
        st = take_between(c, rest, 0, 1, &value);
        if (st == ST_OK)
            *(bool *)at = value == 1;
        return st;
    case KIND_CHOICE:
        st = take_between(c, rest, 0, choice_count(f) - 1, &value);
        if (st == ST_OK)
            *(unsigned *)at = (unsigned)value;
        return st;
    case KIND_INSTANT:
        return take_instant(c, rest, recent, at);
    case KIND_DATE:
        return take_date(c, rest, at);
    case KIND_WALL:
        return take_wall(c, rest, at);
    case KIND_RATIO:
        return take_ratio(c, rest, at);
    case KIND_LIST:
        return take_list(c, rest, f, a, at);
    case KIND_OBJECT:
        return take_object(c, rest, f, a, at);
    }
    return damaged(c, "an unknown kind");
}

static enum status take_entity(struct ctx *c, struct str *rest, const struct table *t,
                               struct arena *a, void *entity, struct recent *recent)
{
    int64_t count = 0;
    entity_init(t, entity);
    enum status st = packed_take_int(c, rest, &count);
    if (st == ST_OK && count < 0)
        st = damaged(c, "a negative number of fields");
    if (st == ST_OK && count > t->count)
        st = fail_as(c, ST_INTERNAL, "", "newer", "%s was written by a newer version", t->name);
    for (int32_t i = 0; st == ST_OK && i < count; i++)
        st = take_value(c, rest, &t->fields[i], a, field_at(&t->fields[i], entity), recent);
    return st;
}

enum status packed_take(struct ctx *c, struct str *rest, const struct table *t, struct arena *a,
                        void *entity)
{
    return take_entity(c, rest, t, a, entity, NULL);
}

enum status packed_read(struct ctx *c, struct str bytes, const struct table *t, struct arena *a,
                        void *entity)
{
    enum status st = packed_take(c, &bytes, t, a, entity);
    return st == ST_OK && bytes.len ? damaged(c, "bytes are left over") : st;
}

enum status packed_read_list(struct ctx *c, struct str bytes, const struct field *f,
                             struct arena *a, struct list *list)
{
    *list = (struct list){0};
    enum status st = take_list(c, &bytes, f, a, list);
    return st == ST_OK && bytes.len ? damaged(c, "bytes are left over") : st;
}
