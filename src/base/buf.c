#include "base/buf.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"

/* Makes room for `more` bytes and a NUL. */
static bool grow(struct buf *b, size_t more)
{
    if (b->overflowed || more > b->cap - b->len) {
        b->overflowed = true;
        return false;
    }
    if (b->len + more < b->size)
        return true;
    size_t size = b->size ? b->size * 2 : 128;
    if (size < b->len + more + 1)
        size = b->len + more + 1;
    char *data = arena_raw(b->arena, size);
    if (!data) {
        b->overflowed = true;
        return false;
    }
    if (b->len)
        memcpy(data, b->data, b->len);
    b->data = data;
    b->size = size;
    return true;
}

void buf_init(struct buf *b, struct arena *a, size_t first, size_t cap)
{
    *b = (struct buf){.arena = a, .cap = cap};
    if (first && grow(b, first))
        b->data[0] = '\0';
}

char *buf_reserve(struct buf *b, size_t len)
{
    if (!grow(b, len))
        return NULL;
    char *at = b->data + b->len;
    b->len += len;
    b->data[b->len] = '\0';
    return at;
}

void buf_add(struct buf *b, const void *bytes, size_t len)
{
    char *at = len ? buf_reserve(b, len) : NULL;
    if (at)
        memcpy(at, bytes, len);
}

void buf_add_str(struct buf *b, struct str s)
{
    buf_add(b, s.data, s.len);
}

void buf_add_text(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void buf_add_char(struct buf *b, char ch)
{
    char *at = buf_reserve(b, 1);
    if (at)
        *at = ch;
}

void buf_add_uint(struct buf *b, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    buf_add(b, digits + at, sizeof digits - at);
}

void buf_add_int(struct buf *b, int64_t value)
{
    if (value < 0)
        buf_add_char(b, '-');
    buf_add_uint(b, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void buf_addf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_list again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        b->overflowed = true;
    else if (grow(b, (size_t)len)) {
        vsnprintf(b->data + b->len, (size_t)len + 1, format, again);
        b->len += (size_t)len;
    }
    va_end(again);
}

struct str buf_str(struct buf *b)
{
    return b->data ? (struct str){b->data, b->len} : (struct str){"", 0};
}
