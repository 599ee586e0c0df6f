/*
 * Random entities by field tables: for round trips through every form in which entities travel or
 * are stored. Likes the edges: smallest and largest numbers, empty and longest texts, null.
 */
#ifndef SUPPORT_RANDOM_ENTITY_H
#define SUPPORT_RANDOM_ENTITY_H

#include "base/rng.h"
#include "model/field.h"

/* Fills all fields, hidden and read-only ones too, with values that their rows allow; lists get a
 * few items. Rules between fields are not kept (a window may end before it starts). Texts, lists
 * and objects lie in `a`; running out of it is a failed assertion. */
void random_entity(struct rng *r, struct arena *a, const struct table *t, void *entity);

/* A text of `min` to `max` characters: letters, quotes, backslashes, other scripts, emoji; line
 * breaks and tabs when `lines`. Never control characters. */
struct str random_text(struct rng *r, struct arena *a, int64_t min, int64_t max, bool lines);

/* A UUIDv7 of a time in this century. */
struct id random_id(struct rng *r);

#endif
