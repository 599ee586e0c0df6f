#include "store/snapshot.h"

#include <assert.h>

_Static_assert(offsetof(struct snapshot, desk) == 0, "snapshot_of casts a desk to its snapshot");

enum status snapshot_make(struct ctx *c, size_t extent, struct snapshot **out)
{
    struct arena arena;
    arena_init(&arena, SNAPSHOT_MAX);
    const struct arena_mark empty = arena_mark(&arena);
    bool grown = arena_raw(&arena, sizeof(struct snapshot) + extent) != NULL;
    if (grown)
        arena_rewind(&arena, empty);
    struct snapshot *s = grown ? ARENA_NEW(&arena, struct snapshot) : NULL;
    if (!s) {
        arena_release(&arena);
        return fail_memory(c);
    }
    s->arena = arena;
    atomic_init(&s->holders, 1);
    *out = s;
    return ST_OK;
}

struct snapshot *snapshot_of(const struct desk *d)
{
    return (struct snapshot *)(uintptr_t)d;
}

struct snapshot *snapshot_hold(struct snapshot *s)
{
    atomic_fetch_add_explicit(&s->holders, 1, memory_order_relaxed);
    return s;
}

void snapshot_drop(struct snapshot *s)
{
    if (!s)
        return;
    int before = atomic_fetch_sub_explicit(&s->holders, 1, memory_order_acq_rel);
    assert(before > 0);
    if (before == 1) {
        struct arena arena = s->arena;
        arena_release(&arena);
    }
}

size_t snapshot_bytes(const struct snapshot *s)
{
    return s->arena.total;
}
