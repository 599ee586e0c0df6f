/* What creating and changing have in common for everything with an id on a desk. */
#ifndef DOMAIN_ENTITY_H
#define DOMAIN_ENTITY_H

#include "domain/operation.h"

/* Gives the entity (which begins with its id) an id if it has none, and looks whether that id is
 * free. `*exists`: it is there with content equal in all fields a client may give.
 * ST_INVALID: not a UUIDv7; ST_CONFLICT: in use by another content, or deleted. */
MUST_USE enum status entity_claim_id(struct edit *e, enum entity_kind kind, void *entity,
                                     bool *exists);

/* Copies the fields in `set` from `patch`. */
void entity_patch(const struct table *t, void *entity, const void *patch, field_set set);

/* ST_INVALID when a text has nothing but blanks. */
MUST_USE enum status require_visible(struct ctx *c, const char *field, struct str text);

#endif
