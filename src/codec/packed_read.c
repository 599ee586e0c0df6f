#include "codec/packed.h"

#include <string.h>

#include "base/arena.h"
#include "codec/packed_recent.h"

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

/* The items told next, all of one list of entities. */
static enum status take_entities(struct ctx *c, struct str *rest, const struct table *t,
                                 int64_t fields, int64_t count, struct arena *a,
                                 struct recent *recent, struct list *out)
{
    enum status st = ST_OK;
    for (; st == ST_OK && count > 0; count--, out->count++)
        st = take_values(c, rest, t, fields, a, (char *)out->items + (size_t)out->count * t->size,
                         recent);
    return st;
}

/* How many items a list has, with room for them in `out`; `known` of them need not be told. Every
 * other takes at least a byte, so hostile counts cannot ask for much memory. */
static enum status begin_list(struct ctx *c, struct str *rest, size_t size, int32_t known,
                              struct arena *a, int64_t *count, struct list *out)
{
    int64_t most = (int64_t)rest->len + known;
    enum status st = take_between(c, rest, 0, most < INT32_MAX ? most : INT32_MAX, count);
    if (st != ST_OK || *count == 0)
        return st;
    out->items = arena_array(a, (size_t)*count, size);
    return out->items ? ST_OK : fail_memory(c);
}

static enum status begin_entities(struct ctx *c, struct str *rest, const struct table *t,
                                  int64_t *fields, struct recent *recent)
{
    enum status st = take_fields(c, rest, t, fields);
    if (st == ST_OK && *fields == 0)
        return damaged(c, "items without fields"); /* as many as you like in a byte */
    recent_init(recent);
    return st;
}

static enum status take_list(struct ctx *c, struct str *rest, const struct field *f,
                             struct arena *a, struct list *out)
{
    struct recent recent;
    size_t size = f->of ? f->of->size : sizeof(struct id);
    int64_t count = 0;
    int64_t fields = 0;
    enum status st = begin_list(c, rest, size, 0, a, &count, out);
    if (st != ST_OK || !out->items)
        return st;
    if (f->of) {
        st = begin_entities(c, rest, f->of, &fields, &recent);
        return st == ST_OK ? take_entities(c, rest, f->of, fields, count, a, &recent, out) : st;
    }
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
    if (st != ST_OK)
        return st;
    uint64_t whole = (uint64_t)((steps - (steps & 1)) / 2) * STEP_MS;
    *out = recent->ms = (int64_t)((uint64_t)recent->ms + whole + (uint64_t)ms);
    return ST_OK;
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

/* ---- after another ---- */

/* How much of the list before is kept, how much of it left out, and how much is told. */
static enum status take_run(struct ctx *c, struct str *rest, int64_t before, int64_t missing,
                            int64_t run[3])
{
    enum status st = ST_OK;
    for (int i = 0; st == ST_OK && i < 3; i++) {
        uint64_t n = 0;
        st = take_count(c, rest, &n);
        run[i] = n > INT32_MAX ? INT32_MAX : (int64_t)n;
    }
    if (st == ST_OK && (run[0] + run[1] > before || run[0] + run[2] > missing))
        return damaged(c, "a list goes beyond the one before it");
    if (st == ST_OK && run[0] + run[1] + run[2] == 0)
        return damaged(c, "a list does not go on");
    return st;
}

static enum status take_list_after(struct ctx *c, struct str *rest, const struct table *t,
                                   const struct list *before, struct arena *a, struct list *out)
{
    struct recent recent;
    int64_t count = 0;
    int64_t fields = 0;
    int64_t at = 0;
    enum status st = begin_list(c, rest, t->size, before->count, a, &count, out);
    if (st != ST_OK || !out->items)
        return st;
    st = begin_entities(c, rest, t, &fields, &recent);
    while (st == ST_OK && out->count < count) {
        int64_t run[3];
        st = take_run(c, rest, before->count - at, count - out->count, run);
        if (st != ST_OK)
            break;
        if (run[0] > 0)
            memcpy((char *)out->items + (size_t)out->count * t->size,
                   (const char *)before->items + (size_t)at * t->size, (size_t)run[0] * t->size);
        out->count += (int32_t)run[0];
        at += run[0] + run[1];
        st = take_entities(c, rest, t, fields, run[2], a, &recent, out);
    }
    return st;
}

enum status packed_take_after(struct ctx *c, struct str *rest, const struct table *t,
                              const void *before, struct arena *a, void *entity)
{
    int64_t fields = 0;
    entity_init(t, entity);
    enum status st = take_fields(c, rest, t, &fields);
    for (int32_t i = 0; st == ST_OK && i < fields; i++) {
        const struct field *f = &t->fields[i];
        void *at = field_at(f, entity);
        st = f->kind == KIND_LIST && f->of
                 ? take_list_after(c, rest, f->of, field_in(f, before), a, at)
                 : take_value(c, rest, f, a, at, NULL);
    }
    return st;
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
