#include "support/random_entity.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

enum { ITEMS_MAX = 6, CHARACTER_MAX = 4 };

static const int64_t last_ms = 253402300799999; /* 9999-12-31T23:59:59.999Z */

/* An edge in one of four cases, else anything between. */
static int64_t between(struct rng *r, int64_t min, int64_t max)
{
    uint64_t edge = rng_below(r, 8);
    return edge == 0 ? min : edge == 1 ? max : rng_between(r, min, max);
}

struct id random_id(struct rng *r)
{
    uint8_t random[10];
    rng_bytes(r, random, sizeof random);
    return id_make((struct instant){rng_between(r, 946684800000, 4102444799999)}, random);
}

struct str random_text(struct rng *r, struct arena *a, int64_t min, int64_t max, bool lines)
{
    static const char *const characters[] = {"a", "Z", " ", "0",  "\"", "\\",         "/", "<",
                                             "&", "é", "ß", "中", "€",  "\U0001F430", "~", "%"};
    static const char *const breaks[] = {"\n", "\t"};
    const size_t kinds = sizeof characters / sizeof characters[0];
    int64_t longest = rng_one_in(r, 16) || max - min < 24 ? max : min + 24;
    int64_t count = between(r, min, longest);
    struct buf b;
    buf_init(&b, a, 1, (size_t)count * CHARACTER_MAX + 1);
    for (int64_t i = 0; i < count; i++) {
        if (lines && rng_one_in(r, 8))
            buf_add_text(&b, breaks[rng_below(r, 2)]);
        else
            buf_add_text(&b, characters[rng_one_in(r, 2) ? rng_below(r, kinds) : 0]);
    }
    assert(!b.overflowed);
    return buf_str(&b);
}

static struct str random_email(struct rng *r, struct arena *a)
{
    char text[] = "student-0000@example.org";
    for (int i = 8; i < 12; i++)
        text[i] = (char)('a' + rng_below(r, 26));
    return str_copy(a, str_of(text));
}

static struct ratio random_ratio(struct rng *r, const struct field *f)
{
    int32_t den = (int32_t)between(r, 1, RATIO_DEN_MAX);
    return (struct ratio){(int32_t)between(r, f->min * den, f->max * den), den};
}

static struct list random_list(struct rng *r, struct arena *a, const struct field *f)
{
    size_t size = f->of ? f->of->size : sizeof(struct id);
    int64_t most = f->max < f->min + ITEMS_MAX ? f->max : f->min + ITEMS_MAX;
    struct list list = {.count = (int32_t)between(r, f->min, most)};
    if (list.count == 0)
        return list;
    list.items = arena_array(a, (size_t)list.count, size);
    assert(list.items);
    for (int32_t i = 0; i < list.count; i++) {
        void *item = (char *)list.items + (size_t)i * size;
        if (f->of)
            random_entity(r, a, f->of, item);
        else
            *(struct id *)item = random_id(r);
    }
    return list;
}

static int64_t random_number(struct rng *r, const struct field *f)
{
    int64_t max = f->min || f->max ? f->max : f->kind == KIND_I32 ? INT32_MAX : INT64_MAX;
    return between(r, f->min, max);
}

static unsigned random_choice(struct rng *r, const struct field *f)
{
    unsigned count = 0;
    while (f->choices[count])
        count++;
    return (unsigned)rng_below(r, count);
}

static void random_object(struct rng *r, struct arena *a, const struct field *f, struct object *o)
{
    o->at = arena_alloc(a, f->of->size);
    assert(o->at);
    random_entity(r, a, f->of, o->at);
}

static void random_value(struct rng *r, struct arena *a, const struct field *f, void *at)
{
    switch (f->kind) {
    case KIND_ID:
        *(struct id *)at = random_id(r);
        break;
    case KIND_STR:
        *(struct str *)at =
            f->format ? random_email(r, a) : random_text(r, a, f->min, f->max, f->flags & F_LINES);
        break;
    case KIND_I32:
        *(int32_t *)at = (int32_t)random_number(r, f);
        break;
    case KIND_I64:
        *(int64_t *)at = random_number(r, f);
        break;
    case KIND_BOOL:
        *(bool *)at = rng_one_in(r, 2);
        break;
    case KIND_CHOICE:
        *(unsigned *)at = random_choice(r, f);
        break;
    case KIND_INSTANT:
        ((struct instant *)at)->ms = between(r, 0, last_ms);
        break;
    case KIND_DATE:
        *(struct date *)at = instant_date((struct instant){between(r, 0, last_ms)});
        break;
    case KIND_WALL:
        ((struct wall *)at)->minute = (int32_t)between(r, 0, DAY_MINUTES);
        break;
    case KIND_RATIO:
        *(struct ratio *)at = random_ratio(r, f);
        break;
    case KIND_DIGEST:
        rng_bytes(r, at, sizeof(struct digest));
        break;
    case KIND_LIST:
        *(struct list *)at = random_list(r, a, f);
        break;
    case KIND_OBJECT:
        random_object(r, a, f, at);
        break;
    }
}

void random_entity(struct rng *r, struct arena *a, const struct table *t, void *entity)
{
    entity_init(t, entity);
    for (int32_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if (f->flags & F_NULLABLE && rng_one_in(r, 3))
            field_init(f, entity);
        else
            random_value(r, a, f, field_at(f, entity));
    }
}
