/*
 * Text by view: a pointer and a length, UTF-8, not NUL-terminated, never owned.
 *
 * UTF-8 is checked once, where text enters the program (utf8_valid). {NULL, 0} is "no text"; an
 * empty text has a pointer.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct str {
    const char *data;
    size_t len; /* bytes */
};

/* printf("%.*s", STR_ARG(s)) */
#define STR_ARG(s)    (int)(s).len, ((s).data ? (s).data : "")
#define STR_LIT(text) ((struct str){(text), sizeof(text) - 1})
#define STR_NONE      ((struct str){NULL, 0})

/* A view of a NUL-terminated text; NULL gives no text. */
struct str str_of(const char *text);

bool str_eq(struct str a, struct str b);

/* Ordering by bytes: negative, 0, positive. */
int str_cmp(struct str a, struct str b);

bool str_starts(struct str s, struct str prefix);

/* Without ASCII spaces, tabs and line ends at both sides. */
struct str str_trim(struct str s);

/* Equal when ASCII letters are compared without case. */
bool str_eq_nocase(struct str a, struct str b);

/* Cuts `*rest` at the first `separator`: returns what stands before it and moves `*rest` behind it.
 * Without a separator returns all and leaves no text. */
struct str str_cut(struct str *rest, char separator);

/* A copy in the arena, followed by a NUL; no text when memory is out. */
struct str str_copy(struct arena *a, struct str s);

/* A decimal integer without sign, spaces or leading '+'; false if `s` is anything else or exceeds
 * `max`. */
bool str_to_uint(struct str s, uint64_t max, uint64_t *out);

/* True when `s` is well-formed UTF-8 (no surrogates, no overlong forms). */
bool utf8_valid(struct str s);

/* Number of characters (code points) of well-formed UTF-8. */
size_t utf8_count(struct str s);

#endif
