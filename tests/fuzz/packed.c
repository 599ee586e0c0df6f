/*
 * Fuzzes packed_read: the first byte chooses the table, the rest is the packed entity. What is read
 * must survive being packed again and be fit to be shown. Run by tools/fuzz.
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
    enum status st = packed_read(&c, packed, t, &arena, entity);
    assert(st == ST_OK || st == ST_INTERNAL || st == ST_UNAVAILABLE);
    if (st == ST_OK)
        check_entity(&arena, t, entity);
    arena_release(&arena);
    return 0;
}
