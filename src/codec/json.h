/*
 * JSON by field tables: in (strict, every fault with its pointer) and out (an append writer).
 *
 * Called by api/ for bodies and replies. Knows no entity. Instants are RFC 3339 in UTC, ids UUIDs,
 * dates "2026-11-26", walls "23:30", ratios {"num", "den"}, digests 64 hexadecimal digits.
 */
#ifndef CODEC_JSON_H
#define CODEC_JSON_H

#include "base/buf.h"
#include "base/status.h"
#include "model/field.h"

enum json_mode {
    JSON_CREATE,  /* missing fields get their fallback, required ones must be there, a key may be */
    JSON_PATCH,   /* only what is there is set; the entity holds the rest; no key */
    JSON_REPLACE, /* as JSON_CREATE, without a key */
    JSON_IMPORT   /* as JSON_CREATE, and what only the server sets or knows (hidden fields, not
                     secrets) is taken too, all the way down */
};

/*
 * Reads one object. ST_INVALID with a fault for each field that is wrong (FAULTS_MAX at most):
 *   json              not JSON: syntax, invalid UTF-8, a lone surrogate, something behind the end
 *   duplicate         a name twice in one object
 *   unknown_field     there is no such field, or the server never shows it
 *   readonly          only the server sets it, or it identifies the entity
 *   required          missing
 *   null, type        null where there must be a value; another type, also a number not whole
 *   too_short, too_long, too_many, too_few    texts by characters, lists by items
 *   out_of_range      numbers and ratios, also numbers that no machine type holds
 *   format, choice    not of the form; not one of the names
 *   control_character in a text
 * Numbers are whole numbers in digits: 1.0 and 1e0 are refused. Nesting is followed as deep as the
 * tables go and costs no stack below that. Texts of the entity lie in c->arena, which also lends
 * about twelve times text.len (ST_UNAVAILABLE when it cannot): the caller limits the length.
 * `*present` (may be NULL) tells which fields were there. After a failure the entity is undefined.
 */
MUST_USE enum status json_read(struct ctx *c, struct str text, const struct table *t,
                               enum json_mode mode, void *entity, field_set *present);

/* Appends an entity as an object, without hidden and secret fields. Here and below, the buffer may
 * already overflow when fewer than 100 bytes are left below its cap. */
void json_write(struct buf *b, const struct table *t, const void *entity);

/* Appends `count` entities as an array. */
void json_write_array(struct buf *b, const struct table *t, const void *items, int32_t count);

/* Appends a page of a list: {"items":[…],"next":CURSOR}; no text as cursor: null, the last page. */
void json_write_page(struct buf *b, const struct table *t, const void *items, int32_t count,
                     struct str next);

/* The same with hidden fields, but without secrets: what JSON_IMPORT reads. */
void json_export(struct buf *b, const struct table *t, const void *entity);
void json_export_array(struct buf *b, const struct table *t, const void *items, int32_t count);

/* Append single values for what has no table; null for none. Texts are quoted and escaped. */
void json_write_text(struct buf *b, struct str s);
void json_write_id(struct buf *b, struct id id);
void json_write_instant(struct buf *b, struct instant t);

#endif
