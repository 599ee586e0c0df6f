/*
 * Ids: UUID version 7 (RFC 9562), 16 bytes. All zero is "no id". Nothing may be ordered by the time
 * inside an id or authorised by it: clients choose ids too.
 */
#ifndef BASE_ID_H
#define BASE_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"

struct id {
    uint8_t bytes[16];
};

enum { ID_TEXT_LEN = 36 };

#define ID_NONE ((struct id){{0}})

bool id_is_none(struct id id);
bool id_eq(struct id a, struct id b);

/* Ordering by bytes: negative, 0, positive. */
int id_cmp(struct id a, struct id b);

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
