/*
 * Ids: UUID version 7 (RFC 9562), 16 bytes. All zero is "no id". Nothing may be ordered by the time
 * inside an id or authorised by it: clients choose ids too.
 */
#ifndef BASE_ID_H
#define BASE_ID_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/instant.h"
#include "base/str.h"

struct id {
    uint8_t bytes[16];
};

enum { ID_TEXT_LEN = 36 };

#define ID_NONE ((struct id){{0}})

/* Eight of the bytes, from 0 or 8, as a number that orders as they do. */
static inline uint64_t id_half(const struct id *id, size_t from)
{
    uint64_t half;
    memcpy(&half, id->bytes + from, sizeof half);
    return be64toh(half);
}

/* Equality and order are inline: a commit finds the task of each block of a plan by its id, some
 * thousand comparisons. */
static inline bool id_eq(struct id a, struct id b)
{
    return id_half(&a, 0) == id_half(&b, 0) && id_half(&a, 8) == id_half(&b, 8);
}

static inline bool id_is_none(struct id id)
{
    return id_eq(id, ID_NONE);
}

/* Ordering by bytes, the same on every machine: negative where `a` comes first, 0 where they are
 * equal, else positive. */
static inline int id_cmp(struct id a, struct id b)
{
    size_t from = id_half(&a, 0) == id_half(&b, 0) ? 8 : 0;
    uint64_t left = id_half(&a, from);
    uint64_t right = id_half(&b, from);
    return (left > right) - (left < right);
}

/* A version 7 id of `now` and 10 random bytes given by the caller. */
struct id id_make(struct instant now, const uint8_t random[10]);

/* The 36 characters 8-4-4-4-12 in hexadecimal, of any UUID version; false for anything else and for
 * the nil UUID. */
bool id_parse(struct str s, struct id *out);

/* Whether the version field is 7 and the variant is that of RFC 9562. */
bool id_is_v7(struct id id);

/* The 16 bytes as a view: what digests are made of. Valid as long as `*id`. */
static inline struct str id_bytes(const struct id *id)
{
    return (struct str){(const char *)id->bytes, sizeof id->bytes};
}

/* Writes ID_TEXT_LEN lower-case characters, without a NUL. */
void id_format(struct id id, char out[ID_TEXT_LEN]);

#endif
