#include "codec/packed.h"

#include <string.h>

#include "base/arena.h"

enum {
    VARINT_MAX = 10, /* bytes of 64 bits, seven a byte */
    NAMES_MAX = 1024,
    PLACE_BITS = 11,        /* twice as many places as names */
    STEP_MS = 5 * MINUTE_MS /* most times are whole steps: the planner's slots */
};

/* What the items of a list before this one had: a plan names each task several times, and its
 * blocks follow each other closely, so what is told by difference takes a tenth. */
struct recent {
    int64_t ms;                       /* the last time */
    size_t count;                     /* of names */
    struct id names[NAMES_MAX];       /* the first ids of the list, in the order they came */
    uint16_t places[1 << PLACE_BITS]; /* the writer's: numbers of names, from 1 on, by their hash */
};

static inline size_t format_varint(char *at, uint64_t value)
{
    size_t n = 0;
    while (value > 0x7F) {
        at[n++] = (char)((value & 0x7F) | 0x80);
        value >>= 7;
    }
    at[n++] = (char)value;
    return n;
}

/* Most numbers go straight to where they belong: a plan is some hundred of them. */
static void put_count(struct buf *b, uint64_t value)
{
    char bytes[VARINT_MAX];
    if (b->size - b->len > VARINT_MAX && b->cap - b->len >= VARINT_MAX) {
        b->len += format_varint(b->data + b->len, value);
        b->data[b->len] = '\0';
    } else {
        buf_add(b, bytes, format_varint(bytes, value));
    }
}

void packed_put_int(struct buf *b, int64_t value)
{
    put_count(b, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

void packed_put_bytes(struct buf *b, const void *bytes, size_t len)
{
    buf_add(b, bytes, len);
}

static enum status damaged(struct ctx *c, const char *what)
{
    return fail_as(c, ST_INTERNAL, "", "damaged", "packed bytes are damaged: %s", what);
}

static enum status take_count(struct ctx *c, struct str *rest, uint64_t *out)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < VARINT_MAX && i < rest->len; i++) {
        unsigned char byte = (unsigned char)rest->data[i];
        value |= (uint64_t)(byte & 0x7F) << (7 * i);
        if (byte & 0x80)
            continue;
        rest->data += i + 1;
        rest->len -= i + 1;
        *out = value;
        return ST_OK;
    }
    return damaged(c, "a number does not end");
}

enum status packed_take_int(struct ctx *c, struct str *rest, int64_t *out)
{
    uint64_t zigzag = 0;
    enum status st = take_count(c, rest, &zigzag);
    *out = (int64_t)(zigzag >> 1) ^ -(int64_t)(zigzag & 1);
    return st;
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

/* 0 marks no text, so lengths are written one higher. */
static void write_text(struct buf *b, struct str s)
{
    packed_put_int(b, s.data ? (int64_t)s.len + 1 : 0);
    buf_add_str(b, s);
}

static void recent_init(struct recent *r)
{
    r->ms = 0;
    r->count = 0;
    memset(r->places, 0, sizeof r->places);
}

/* The place of an id, or the free one where it is to stand. */
static uint16_t *find_place(struct recent *r, const struct id *id)
{
    size_t at = (size_t)(id_half(id, 8) * 0x9E3779B97F4A7C15U >> (64 - PLACE_BITS));
    while (r->places[at] && !id_eq(r->names[r->places[at] - 1], *id))
        at = (at + 1) % (sizeof r->places / sizeof *r->places);
    return &r->places[at];
}

/* The number of an id that came before; or 0 and the id, which takes the next number. */
static void write_id(struct buf *b, const struct id *id, struct recent *recent)
{
    uint16_t *place = find_place(recent, id);
    put_count(b, *place);
    if (*place)
        return;
    buf_add(b, id->bytes, sizeof id->bytes);
    if (recent->count < NAMES_MAX) {
        recent->names[recent->count++] = *id;
        *place = (uint16_t)recent->count;
    }
}

/* Twice the steps since the last time, which is all if they are whole; else one more, and the
 * milliseconds that are left. "None" is far from all, and wraps around. */
static void write_instant(struct buf *b, struct instant at, struct recent *recent)
{
    int64_t ms = (int64_t)((uint64_t)at.ms - (uint64_t)recent->ms);
    packed_put_int(b, ms / STEP_MS * 2 + (ms % STEP_MS != 0));
    if (ms % STEP_MS != 0)
        packed_put_int(b, ms % STEP_MS);
    recent->ms = at.ms;
}

static void write_values(struct buf *b, const struct table *t, const void *entity,
                         struct recent *recent);

bool packed_write_list(struct buf *b, const struct field *f, const struct list *list)
{
    size_t size = f->of ? f->of->size : sizeof(struct id);
    struct recent recent;
    packed_put_int(b, list->count);
    if (f->of && list->count > 0) {
        packed_put_int(b, f->of->count);
        recent_init(&recent);
    }
    for (int32_t i = 0; i < list->count; i++) {
        const char *item = (const char *)list->items + (size_t)i * size;
        if (f->of)
            write_values(b, f->of, item, &recent);
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

static void write_values(struct buf *b, const struct table *t, const void *entity,
                         struct recent *recent)
{
    for (int32_t i = 0; i < t->count; i++)
        write_value(b, &t->fields[i], field_in(&t->fields[i], entity), recent);
}

bool packed_write(struct buf *b, const struct table *t, const void *entity)
{
    packed_put_int(b, t->count);
    write_values(b, t, entity, NULL);
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
    uint64_t number = 0;
    enum status st = take_count(c, rest, &number);
    if (st == ST_OK && number > recent->count)
        return damaged(c, "an id is that of no item before");
    if (st == ST_OK && number > 0)
        *out = recent->names[number - 1];
    else if (st == ST_OK)
        st = packed_take_bytes(c, rest, sizeof out->bytes, out->bytes);
    if (st == ST_OK && number == 0 && recent->count < NAMES_MAX)
        recent->names[recent->count++] = *out;
    return st;
}

/* How many values were written of each entity. */
static enum status take_fields(struct ctx *c, struct str *rest, const struct table *t, int64_t *out)
{
    enum status st = packed_take_int(c, rest, out);
    if (st == ST_OK && *out < 0)
        return damaged(c, "a negative number of fields");
    if (st == ST_OK && *out > t->count)
        return fail_as(c, ST_INTERNAL, "", "newer", "%s was written by a newer version", t->name);
    return st;
}

static enum status take_values(struct ctx *c, struct str *rest, const struct table *t,
                               int64_t fields, struct arena *a, void *entity,
                               struct recent *recent);

static enum status take_entities(struct ctx *c, struct str *rest, const struct table *t,
                                 int64_t count, struct arena *a, struct list *out)
{
    struct recent recent;
    int64_t fields = 0;
    enum status st = take_fields(c, rest, t, &fields);
    if (st == ST_OK && fields == 0)
        return damaged(c, "items without fields"); /* as many as you like in a byte */
    recent_init(&recent);
    for (; st == ST_OK && out->count < count; out->count++)
        st = take_values(c, rest, t, fields, a, (char *)out->items + (size_t)out->count * t->size,
                         &recent);
    return st;
}

static enum status take_list(struct ctx *c, struct str *rest, const struct field *f,
                             struct arena *a, struct list *out)
{
    size_t size = f->of ? f->of->size : sizeof(struct id);
    int64_t count = 0;
    /* Every item takes at least a byte, so hostile counts cannot ask for much memory. */
    enum status st = take_between(c, rest, 0, (int64_t)rest->len, &count);
    if (st != ST_OK || count == 0)
        return st;
    if (count > INT32_MAX)
        return damaged(c, "a list is too long");
    out->items = arena_array(a, (size_t)count, size);
    if (!out->items)
        return fail_memory(c);
    if (f->of)
        return take_entities(c, rest, f->of, count, a, out);
    for (; st == ST_OK && out->count < count; out->count++)
        st = packed_take_bytes(c, rest, size, (char *)out->items + (size_t)out->count * size);
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
    const int64_t most = INT64_MAX / STEP_MS * 2 + 1;
    int64_t steps = 0;
    int64_t ms = 0;
    enum status st = take_between(c, rest, -most, most, &steps);
    if (st == ST_OK && steps & 1)
        st = take_between(c, rest, -STEP_MS, STEP_MS, &ms);
    uint64_t all = (uint64_t)((steps - (steps & 1)) / 2 * STEP_MS) + (uint64_t)ms;
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

static enum status take_values(struct ctx *c, struct str *rest, const struct table *t,
                               int64_t fields, struct arena *a, void *entity, struct recent *recent)
{
    enum status st = ST_OK;
    entity_init(t, entity);
    for (int32_t i = 0; st == ST_OK && i < fields; i++)
        st = take_value(c, rest, &t->fields[i], a, field_at(&t->fields[i], entity), recent);
    return st;
}

enum status packed_take(struct ctx *c, struct str *rest, const struct table *t, struct arena *a,
                        void *entity)
{
    int64_t fields = 0;
    enum status st = take_fields(c, rest, t, &fields);
    return st == ST_OK ? take_values(c, rest, t, fields, a, entity, NULL) : st;
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
