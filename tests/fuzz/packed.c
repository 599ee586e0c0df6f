/*
 * Fuzzes packed_take and packed_take_after: the first byte chooses the table, the rest is a packed
 * entity and, if bytes are left, another told by it. What is read must survive being packed again
 * and be fit to be shown. Run by tools/fuzz.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "codec/json.h"
#include "codec/packed.h"
#include "model/desk.h"
#include "model/schedule.h"
#include "support/every_kind.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_entity(struct arena *arena, const struct table *t, const void *entity)
{
    struct ctx c = {.arena = arena};
    void *back = arena_alloc(arena, t->size);
    struct buf packed;
    struct buf shown;
    buf_init(&packed, arena, 0, (size_t)1 << 22);
    buf_init(&shown, arena, 0, (size_t)1 << 23);
    if (!back || !packed_write(&packed, t, entity))
        return;
    enum status st = packed_read(&c, buf_str(&packed), t, arena, back);
    assert(st == ST_OK || st == ST_UNAVAILABLE);
    assert(st != ST_OK || entity_eq(t, entity, back, 0));
    json_write(&shown, t, entity);
    assert(shown.overflowed || utf8_valid(buf_str(&shown)));
}

static void check_after(struct arena *arena, const struct table *t, const void *before,
                        struct str rest)
{
    struct ctx c = {.arena = arena};
    struct buf packed;
    void *after = arena_alloc(arena, t->size);
    void *back = arena_alloc(arena, t->size);
    buf_init(&packed, arena, 0, (size_t)1 << 22);
    if (!after || !back || packed_take_after(&c, &rest, t, before, arena, after) != ST_OK)
        return;
    check_entity(arena, t, after);
    if (!packed_write_after(&packed, t, after, before))
        return;
    rest = buf_str(&packed);
    enum status st = packed_take_after(&c, &rest, t, before, arena, back);
    assert(st == ST_OK || st == ST_UNAVAILABLE);
    assert(st != ST_OK || (rest.len == 0 && entity_eq(t, after, back, 0)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const struct table *const tables[] = {&every_kind_table, &task_table, &plan_table,
                                                 &availability_table, &schedule_table};
    struct arena arena;
    if (len == 0)
        return -1;
    const struct table *t = tables[bytes[0] % (sizeof tables / sizeof tables[0])];
    arena_init(&arena, (size_t)1 << 26);
    struct ctx c = {.arena = &arena};
    void *entity = arena_alloc(&arena, t->size);
    assert(entity);
    struct str packed = {(const char *)bytes + 1, len - 1};
    enum status st = packed_take(&c, &packed, t, &arena, entity);
    assert(st == ST_OK || st == ST_INTERNAL || st == ST_UNAVAILABLE);
    if (st == ST_OK) {
        check_entity(&arena, t, entity);
        check_after(&arena, t, entity, packed);
    }
    arena_release(&arena);
    return 0;
}
