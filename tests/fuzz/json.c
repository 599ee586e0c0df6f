/*
 * Fuzzes json_read: the first byte chooses the mode, the rest is the body. What is taken must be
 * written and read again as the same entity. Run by tools/fuzz.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "codec/json.h"
#include "support/every_kind.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static field_set unseen(void)
{
    field_set set = 0;
    for (int32_t i = 0; i < every_kind_table.count; i++)
        if (every_kind_table.fields[i].flags & (F_HIDDEN | F_SECRET | F_READONLY))
            set |= (field_set)1 << i;
    return set;
}

/* Writes the entity and reads that, without the read-only version, which is the last field. */
static void check_round_trip(struct arena *arena, struct every_kind *e)
{
    struct ctx c = {.arena = arena};
    struct every_kind back;
    struct buf b;
    if (id_is_none(e->id))
        e->id.bytes[0] = 1;
    buf_init(&b, arena, 0, (size_t)1 << 20);
    json_write(&b, &every_kind_table, e);
    assert(!b.overflowed && utf8_valid(buf_str(&b)));
    while (b.data[b.len - 1] != ',')
        b.len--;
    b.data[b.len - 1] = '}';
    enum status st = json_read(&c, buf_str(&b), &every_kind_table, JSON_CREATE, &back, NULL);
    assert(st == ST_OK);
    assert(entity_eq(&every_kind_table, e, &back, unseen()));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const enum json_mode modes[] = {JSON_CREATE, JSON_PATCH, JSON_REPLACE};
    struct every_kind e;
    struct arena arena;
    if (len == 0)
        return -1;
    enum json_mode mode = modes[bytes[0] % 3];
    struct str text = {(const char *)bytes + 1, len - 1};
    arena_init(&arena, (size_t)1 << 24);
    struct ctx c = {.arena = &arena};
    entity_init(&every_kind_table, &e);
    enum status st = json_read(&c, text, &every_kind_table, mode, &e, NULL);
    assert(st == ST_OK || st == ST_INVALID);
    assert((st == ST_OK) == (c.fault_count == 0));
    for (int i = 0; i < c.fault_count; i++)
        assert(c.faults[i].code[0] && utf8_valid(str_of(c.faults[i].pointer)));
    if (st == ST_OK && mode != JSON_PATCH)
        check_round_trip(&arena, &e);
    arena_release(&arena);
    return 0;
}
