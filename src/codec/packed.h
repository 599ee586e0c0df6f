/*
 * The packed form: entities as bytes, by their field tables. Used where the program reads back what
 * it wrote: list columns, replies kept with operations, journal bodies.
 *
 * An entity is the number of its fields and then their values in the order of the rows. Integers
 * are zigzag varints, texts and lists begin with their length, null has a mark of its own. A
 * list of entities says the number of fields once, and ids and times in it are told by those of
 * the items before. Rows are
 * only ever added at the end of a table, so a reader that knows more rows than were written fills
 * in their fallbacks; one that knows fewer refuses (the bytes are of a newer version). Readers
 * treat the bytes as foreign: damage gives ST_INTERNAL and never more.
 */
#ifndef CODEC_PACKED_H
#define CODEC_PACKED_H

#include "base/buf.h"
#include "base/status.h"
#include "model/field.h"

/* Appends an entity; false when the buffer overflowed. */
bool packed_write(struct buf *b, const struct table *t, const void *entity);

/* Reads one entity that takes all of `bytes`. Texts are copied into `a`. */
MUST_USE enum status packed_read(struct ctx *c, struct str bytes, const struct table *t,
                                 struct arena *a, void *entity);

/* The same from the beginning of `*rest`, which moves behind it: several stand one after another.
 */
MUST_USE enum status packed_take(struct ctx *c, struct str *rest, const struct table *t,
                                 struct arena *a, void *entity);

/* An entity told by the one before it: of its lists of entities only what is new. Reading needs the
 * same one before; what is kept shares the texts and lists of its items. */
bool packed_write_after(struct buf *b, const struct table *t, const void *entity,
                        const void *before);
MUST_USE enum status packed_take_after(struct ctx *c, struct str *rest, const struct table *t,
                                       const void *before, struct arena *a, void *entity);

/* A bare list: the value of a KIND_LIST field. */
bool packed_write_list(struct buf *b, const struct field *f, const struct list *list);
MUST_USE enum status packed_read_list(struct ctx *c, struct str bytes, const struct field *f,
                                      struct arena *a, struct list *list);

/* Numbers and texts around entities. */
void packed_put_int(struct buf *b, int64_t value);
MUST_USE enum status packed_take_int(struct ctx *c, struct str *rest, int64_t *out);
void packed_put_bytes(struct buf *b, const void *bytes, size_t len);
MUST_USE enum status packed_take_bytes(struct ctx *c, struct str *rest, size_t len, void *out);

#endif
