/*
 * Memory that is freed all at once: one arena a request, reset after the reply; one a decoded desk.
 *
 * Allocation moves a pointer inside blocks; blocks grow as needed up to the arena's cap, so that no
 * request can take more than its share. An arena belongs to one thread at a time. What lies in it
 * lives until arena_reset or arena_release. For tests, arena_fail_after() makes the n-th allocation
 * fail.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

enum { ARENA_KEEP_MAX = 1 << 20 };

struct arena {
    struct arena_block *block; /* the newest; older ones hang behind it */
    size_t used;               /* bytes handed out of `block` */
    size_t total;              /* bytes taken from the system, all blocks */
    size_t cap;                /* `total` never exceeds this */
};

/* Makes an empty arena; nothing is allocated yet. `cap` in bytes. */
void arena_init(struct arena *a, size_t cap);

/* Frees everything. The arena can be used again. */
void arena_release(struct arena *a);

/* Forgets what was handed out. Keeps one block, the newest, for the next user, unless it is larger
 * than ARENA_KEEP_MAX: what one request needed for once is not held for ever. */
void arena_reset(struct arena *a);

/* A place to come back to: arena_rewind forgets what was handed out since then, as often as wanted
 * (the newest block is kept for the next). Marks are good until the arena is reset or rewound to an
 * earlier one. */
struct arena_mark {
    struct arena_block *block;
    size_t used;
};

struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

/* `size` bytes of zeroes, aligned for any type; NULL when the cap or the system's memory is
 * reached. */
void *arena_alloc(struct arena *a, size_t size);

/* `count` items of `size` bytes, zeroed; NULL also when the product overflows. */
void *arena_array(struct arena *a, size_t count, size_t size);

/* As arena_alloc, but with whatever was there before: for those who write all of it. */
void *arena_raw(struct arena *a, size_t size);

/* As arena_array, but likewise. */
void *arena_raw_array(struct arena *a, size_t count, size_t size);

/* A copy of `count` items of `size` bytes with room for `more`, which is zeroed. */
void *arena_array_of(struct arena *a, const void *items, size_t count, size_t more, size_t size);

/* A copy of `len` bytes followed by a NUL; NULL as arena_alloc. */
char *arena_copy(struct arena *a, const void *bytes, size_t len);

/* Test hook: the `nth` allocation from now on (1 = the next) fails once, in this thread; 0: never.
 */
void arena_fail_after(unsigned nth);

#define ARENA_NEW(arena, type)          ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))
#define ARENA_RAW_ARRAY(arena, type, count)                                                        \
    ((type *)arena_raw_array((arena), (count), sizeof(type)))

#endif
