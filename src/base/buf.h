/*
 * A growing text or byte string in an arena, with a sticky overflow flag: append without checking,
 * then ask once. Each buffer has a cap of its own.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/str.h"

struct buf {
    struct arena *arena;
    char *data;
    size_t len;
    size_t size;
    size_t cap;      /* never longer than this, bytes */
    bool overflowed; /* something did not fit; what is there is incomplete */
};

/* An empty buffer; `first` bytes are reserved at once (0: none), `cap` is its limit. */
void buf_init(struct buf *b, struct arena *a, size_t first, size_t cap);

void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_add_str(struct buf *b, struct str s);
void buf_add_text(struct buf *b, const char *text);
void buf_add_char(struct buf *b, char ch);
void buf_add_uint(struct buf *b, uint64_t value);
void buf_add_int(struct buf *b, int64_t value);
void buf_addf(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);

/* `len` bytes to be written by the caller; NULL (and overflowed) when they do not fit. */
char *buf_reserve(struct buf *b, size_t len);

/* What was written; a NUL stands behind it and is not counted. */
struct str buf_str(struct buf *b);

#endif
