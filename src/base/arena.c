#include "base/arena.h"

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_MIN = 4096,
};

struct arena_block {
    struct arena_block *older;
    size_t size; /* of `bytes` */
    alignas(max_align_t) unsigned char bytes[];
};

static _Thread_local unsigned fail_countdown;

void arena_fail_after(unsigned nth)
{
    fail_countdown = nth;
}

void arena_init(struct arena *a, size_t cap)
{
    *a = (struct arena){.cap = cap};
}

static void free_blocks(struct arena_block *b)
{
    while (b) {
        struct arena_block *older = b->older;
        free(b);
        b = older;
    }
}

void arena_release(struct arena *a)
{
    free_blocks(a->block);
    arena_init(a, a->cap);
}

void arena_reset(struct arena *a)
{
    a->used = 0;
    if (!a->block)
        return;
    if (a->block->size > ARENA_KEEP_MAX) {
        arena_release(a);
        return;
    }
    free_blocks(a->block->older);
    a->block->older = NULL;
    a->total = a->block->size;
}

struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){a->block, a->used};
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
    if (a->block == mark.block) {
        a->used = mark.used;
        return;
    }
    for (struct arena_block *b = a->block->older; b != mark.block;) {
        struct arena_block *older = b->older;
        a->total -= b->size;
        free(b);
        b = older;
    }
    a->block->older = mark.block;
    a->used = 0;
}

/* Twice the last one; above what is kept thrice, so that the newest is most of all there is: malloc
 * gives what is free back to the system, to be faulted in anew, once it is twice the largest piece.
 */
static struct arena_block *add_block(struct arena *a, size_t need)
{
    size_t times = a->block && a->block->size >= ARENA_KEEP_MAX ? 3 : 2;
    size_t size = a->block ? a->block->size * times : BLOCK_MIN;
    if (size > ARENA_KEEP_MAX && a->block->size < ARENA_KEEP_MAX)
        size = ARENA_KEEP_MAX; /* so that the next user finds it */
    if (size < need)
        size = need;
    if (size > a->cap - a->total)
        size = a->cap - a->total;
    if (size < need || size > PTRDIFF_MAX - sizeof(struct arena_block))
        return NULL;

    struct arena_block *b = malloc(sizeof *b + size);
    if (!b)
        return NULL;
    b->older = a->block;
    b->size = size;
    a->block = b;
    a->used = 0;
    a->total += size;
    return b;
}

void *arena_raw(struct arena *a, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (fail_countdown && --fail_countdown == 0)
        return NULL;
    if (size > SIZE_MAX - align)
        return NULL;
    size = (size + align - 1) / align * align;
    if ((!a->block || a->block->size - a->used < size) && !add_block(a, size))
        return NULL;
    void *p = a->block->bytes + a->used;
    a->used += size;
    return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *p = arena_raw(a, size);
    return p ? memset(p, 0, size) : NULL;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    return arena_alloc(a, count * size);
}

void *arena_raw_array(struct arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    return arena_raw(a, count * size);
}

void *arena_array_of(struct arena *a, const void *items, size_t count, size_t more, size_t size)
{
    if (more > SIZE_MAX - count || (size && count + more > SIZE_MAX / size))
        return NULL;
    char *p = arena_raw(a, (count + more) * size);
    if (p && count > 0)
        memcpy(p, items, count * size);
    if (p)
        memset(p + count * size, 0, more * size);
    return p;
}

char *arena_copy(struct arena *a, const void *bytes, size_t len)
{
    if (len == SIZE_MAX)
        return NULL;
    return arena_array_of(a, bytes, len, 1, 1);
}
