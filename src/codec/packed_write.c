#include "codec/packed.h"
#include "codec/packed_recent.h"

enum { LOOK_AHEAD = 24 /* items: beyond it a list counts as new */ };

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

/* 0 marks no text, so lengths are written one higher. */
static void write_text(struct buf *b, struct str s)
{
    packed_put_int(b, s.data ? (int64_t)s.len + 1 : 0);
    buf_add_str(b, s);
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

/* Begins a list: how many items, and how many values of each. */
static void begin_list(struct buf *b, const struct table *of, int32_t count, struct recent *recent)
{
    packed_put_int(b, count);
    if (count > 0)
        packed_put_int(b, of->count);
    recent_init(recent);
}

static const char *item_of(const struct list *list, const struct table *of, int32_t i)
{
    return (const char *)list->items + (size_t)i * of->size;
}

bool packed_write_list(struct buf *b, const struct field *f, const struct list *list)
{
    struct recent recent;
    if (f->of) {
        begin_list(b, f->of, list->count, &recent);
        for (int32_t i = 0; i < list->count; i++)
            write_values(b, f->of, item_of(list, f->of, i), &recent);
    } else {
        packed_put_int(b, list->count);
        buf_add(b, list->items, (size_t)list->count * sizeof(struct id));
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

/* ---- after another ---- */

/* Two lists of the same kind, each from an item on. */
struct pair {
    const struct table *of;
    const struct list *old;
    const struct list *new;
    int32_t at_old;
    int32_t at_new;
};

/* Items that are the same in memory are the same; others are told again, which is no harm. */
static bool same_at(const struct pair *p, int32_t old, int32_t new)
{
    return old < p->old->count &&
           new < p->new->count &&memcmp(item_of(p->old, p->of, old), item_of(p->new, p->of, new),
                                        p->of->size) ==
               0;
}

static int32_t count_same(const struct pair *p)
{
    int32_t n = 0;
    while (same_at(p, p->at_old + n, p->at_new + n))
        n++;
    return n;
}

/* The fewest items to leave out of the one and to tell of the other until they agree again. */
static void find_next_same(const struct pair *p, int32_t *left_out, int32_t *told)
{
    int32_t old_rest = p->old->count - p->at_old;
    int32_t new_rest = p->new->count - p->at_new;
    for (int32_t both = 1; both <= LOOK_AHEAD; both++)
        for (*told = 0; *told <= both; ++*told) {
            *left_out = both - *told;
            if (same_at(p, p->at_old + *left_out, p->at_new + *told))
                return;
        }
    *left_out = old_rest < LOOK_AHEAD ? old_rest : LOOK_AHEAD;
    *told = new_rest < LOOK_AHEAD ? new_rest : LOOK_AHEAD;
}

static void write_list_after(struct buf *b, struct pair *p)
{
    struct recent recent;
    begin_list(b, p->of, p->new->count, &recent);
    while (p->at_new < p->new->count) {
        int32_t kept = count_same(p);
        int32_t left_out = 0;
        int32_t told = 0;
        p->at_old += kept;
        p->at_new += kept;
        if (p->at_new < p->new->count)
            find_next_same(p, &left_out, &told);
        put_count(b, (uint64_t)kept);
        put_count(b, (uint64_t)left_out);
        put_count(b, (uint64_t)told);
        for (int32_t i = 0; i < told; i++)
            write_values(b, p->of, item_of(p->new, p->of, p->at_new + i), &recent);
        p->at_old += left_out;
        p->at_new += told;
    }
}

bool packed_write_after(struct buf *b, const struct table *t, const void *entity,
                        const void *before)
{
    packed_put_int(b, t->count);
    for (int32_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        struct pair lists = {.of = f->of, .old = field_in(f, before), .new = field_in(f, entity)};
        if (f->kind == KIND_LIST && f->of)
            write_list_after(b, &lists);
        else
            write_value(b, f, field_in(f, entity), NULL);
    }
    return !b->overflowed;
}
