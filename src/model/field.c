#include "model/field.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"

int32_t table_find(const struct table *t, struct str name)
{
    for (int32_t i = 0; i < t->count; i++)
        if (str_eq(name, str_of(t->fields[i].name)))
            return i;
    return -1;
}

void *field_at(const struct field *f, void *entity)
{
    return (char *)entity + f->offset;
}

const void *field_in(const struct field *f, const void *entity)
{
    return (const char *)entity + f->offset;
}

size_t kind_size(enum kind kind)
{
    static const size_t sizes[] = {
        [KIND_ID] = sizeof(struct id),
        [KIND_STR] = sizeof(struct str),
        [KIND_I32] = sizeof(int32_t),
        [KIND_I64] = sizeof(int64_t),
        [KIND_BOOL] = sizeof(bool),
        [KIND_CHOICE] = sizeof(unsigned),
        [KIND_INSTANT] = sizeof(struct instant),
        [KIND_DATE] = sizeof(struct date),
        [KIND_WALL] = sizeof(struct wall),
        [KIND_RATIO] = sizeof(struct ratio),
        [KIND_DIGEST] = sizeof(struct digest),
        [KIND_LIST] = sizeof(struct list),
        [KIND_OBJECT] = sizeof(struct object),
    };
    return sizes[kind];
}

bool field_is_null(const struct field *f, const void *entity)
{
    const void *at = field_in(f, entity);
    switch (f->kind) {
    case KIND_ID:
        return id_is_none(*(const struct id *)at);
    case KIND_STR:
        return ((const struct str *)at)->data == NULL;
    case KIND_I32:
        return (f->flags & F_NULLABLE) && *(const int32_t *)at == I32_NONE;
    case KIND_INSTANT:
        return instant_is_none(*(const struct instant *)at);
    case KIND_DATE:
        return ((const struct date *)at)->days == DATE_NONE.days;
    case KIND_RATIO:
        return ((const struct ratio *)at)->den == 0;
    case KIND_OBJECT:
        return ((const struct object *)at)->at == NULL;
    default:
        return false;
    }
}

void field_init(const struct field *f, void *entity)
{
    void *at = field_at(f, entity);
    memset(at, 0, kind_size(f->kind));
    switch (f->kind) {
    case KIND_I32:
        *(int32_t *)at = f->flags & F_NULLABLE ? I32_NONE : (int32_t)f->fallback;
        break;
    case KIND_I64:
        *(int64_t *)at = f->fallback;
        break;
    case KIND_BOOL:
        *(bool *)at = f->fallback != 0;
        break;
    case KIND_CHOICE:
        *(unsigned *)at = (unsigned)f->fallback;
        break;
    case KIND_INSTANT:
        *(struct instant *)at = INSTANT_NONE;
        break;
    case KIND_DATE:
        *(struct date *)at = DATE_NONE;
        break;
    case KIND_STR:
        if (!(f->flags & F_NULLABLE))
            *(struct str *)at = STR_LIT("");
        break;
    default:
        break;
    }
}

void entity_init(const struct table *t, void *entity)
{
    memset(entity, 0, t->size);
    for (int32_t i = 0; i < t->count; i++)
        field_init(&t->fields[i], entity);
}

static bool list_eq(const struct field *f, const struct list *a, const struct list *b)
{
    if (a->count != b->count)
        return false;
    size_t size = f->of ? f->of->size : sizeof(struct id);
    for (int32_t i = 0; i < a->count; i++) {
        const char *x = (const char *)a->items + (size_t)i * size;
        const char *y = (const char *)b->items + (size_t)i * size;
        if (f->of ? !entity_eq(f->of, x, y, 0) : memcmp(x, y, size) != 0)
            return false;
    }
    return true;
}

static bool value_eq(const struct field *f, const void *x, const void *y)
{
    if (f->kind == KIND_STR) {
        const struct str *a = x;
        const struct str *b = y;
        return (a->data == NULL) == (b->data == NULL) && str_eq(*a, *b);
    }
    if (f->kind == KIND_LIST)
        return list_eq(f, x, y);
    if (f->kind == KIND_OBJECT) {
        const void *a = ((const struct object *)x)->at;
        const void *b = ((const struct object *)y)->at;
        return a && b ? entity_eq(f->of, a, b, 0) : a == b;
    }
    return memcmp(x, y, kind_size(f->kind)) == 0;
}

bool entity_eq(const struct table *t, const void *a, const void *b, field_set ignored)
{
    for (int32_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if (!(ignored >> i & 1) && !value_eq(f, field_in(f, a), field_in(f, b)))
            return false;
    }
    return true;
}

/* Whether entities of a table are their own bytes, and nothing elsewhere. */
static bool is_flat(const struct table *t)
{
    for (int32_t i = 0; i < t->count; i++) {
        enum kind kind = t->fields[i].kind;
        if (kind == KIND_STR || kind == KIND_LIST || kind == KIND_OBJECT)
            return false;
    }
    return true;
}

static bool copy_list(const struct field *f, struct arena *a, struct list *list)
{
    size_t size = f->of ? f->of->size : sizeof(struct id);
    const char *from = list->items;
    if (list->count == 0) {
        list->items = NULL;
        return true;
    }
    list->items = arena_array_of(a, from, (size_t)list->count, 0, size);
    if (!list->items)
        return false;
    const bool flat = !f->of || is_flat(f->of);
    for (int32_t i = 0; !flat && i < list->count; i++) {
        char *item = (char *)list->items + (size_t)i * size;
        if (!entity_copy(f->of, a, item, item))
            return false;
    }
    return true;
}

static bool copy_object(const struct field *f, struct arena *a, struct object *object)
{
    const void *from = object->at;
    if (!from)
        return true;
    object->at = arena_alloc(a, f->of->size);
    return object->at && entity_copy(f->of, a, object->at, from);
}

bool entity_copy(const struct table *t, struct arena *a, void *to, const void *from)
{
    if (to != from)
        memcpy(to, from, t->size);
    for (int32_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        void *at = field_at(f, to);
        bool ok = true;
        if (f->kind == KIND_STR && ((struct str *)at)->data) {
            *(struct str *)at = str_copy(a, *(struct str *)at);
            ok = ((struct str *)at)->data != NULL;
        } else if (f->kind == KIND_LIST) {
            ok = copy_list(f, a, at);
        } else if (f->kind == KIND_OBJECT) {
            ok = copy_object(f, a, at);
        }
        if (!ok)
            return false;
    }
    return true;
}

size_t entity_extent(const struct table *t, const void *entity)
{
    size_t bytes = 0;
    for (int32_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        const void *at = field_in(f, entity);
        if (f->kind == KIND_STR) {
            bytes += ((const struct str *)at)->len;
        } else if (f->kind == KIND_LIST) {
            const struct list *list = at;
            size_t size = f->of ? f->of->size : sizeof(struct id);
            const bool flat = !f->of || is_flat(f->of);
            bytes += (size_t)list->count * size;
            for (int32_t k = 0; !flat && k < list->count; k++)
                bytes += entity_extent(f->of, (const char *)list->items + (size_t)k * size);
        } else if (f->kind == KIND_OBJECT && ((const struct object *)at)->at) {
            bytes += f->of->size + entity_extent(f->of, ((const struct object *)at)->at);
        }
    }
    return bytes;
}
