#include "domain/entity.h"

#include <string.h>

static field_set fields_with(const struct table *t, unsigned flags)
{
    field_set set = 0;
    for (int32_t i = 0; i < t->count; i++)
        if (t->fields[i].flags & flags)
            set |= (field_set)1 << i;
    return set;
}

enum status entity_claim_id(struct edit *e, enum entity_kind kind, void *entity, bool *exists)
{
    const struct table *t = entity_table(kind);
    struct id *id = entity;
    *exists = false;
    if (id_is_none(*id)) {
        *id = domain_new_id(e->domain);
        return ST_OK;
    }
    if (!id_is_v7(*id))
        return fail_as(e->c, ST_INVALID, "id", "format", "an id is a UUID of version 7");
    if (desk_was_deleted(e->desk, kind, *id))
        return fail_as(e->c, ST_CONFLICT, "id", "id_deleted",
                       "this id belonged to something deleted");
    const void *there = desk_entity(e->desk, kind, *id);
    if (!there)
        return ST_OK;
    *exists = entity_eq(t, there, entity, fields_with(t, F_READONLY | F_HIDDEN));
    if (!*exists)
        return fail_as(e->c, ST_CONFLICT, "id", "id_in_use", "this id is in use");
    return ST_OK;
}

void entity_patch(const struct table *t, void *entity, const void *patch, field_set set)
{
    for (int32_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        if (set >> i & 1)
            memcpy(field_at(f, entity), field_in(f, patch), kind_size(f->kind));
    }
}

enum status require_visible(struct ctx *c, const char *field, struct str text)
{
    if (str_trim(text).len == 0)
        return fail_as(c, ST_INVALID, field, "blank", "must not be blank");
    return ST_OK;
}
