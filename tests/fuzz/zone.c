/*
 * Fuzzes zone_parse, the reader of zone files (TZif). What it takes must be a table that the
 * calendar can use: ascending, each change a change, and from instants to dates and back. Run by
 * tools/fuzz.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "client/zone.h"
#include "plan/calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Whatever instants a wall clock's time has, they show it. */
static void check_instant(const struct zone_table *z, int64_t utc_s)
{
    struct instant t = {utc_s * 1000};
    struct instant back[2];
    if (utc_s < 0 || utc_s > z->until)
        return;
    struct date date = zone_date(z, t);
    struct wall wall = zone_wall(z, t);
    int n = zone_instants(z, date, wall, back);
    assert(n <= 2);
    for (int i = 0; i < n; i++)
        assert(zone_date(z, back[i]).days == date.days &&
               zone_wall(z, back[i]).minute == wall.minute);
}

static void check_table(const struct zone_table *z)
{
    int32_t offset = z->first_s;
    for (int32_t i = 0; i < z->count; i++) {
        assert(i == 0 || z->changes[i].at > z->changes[i - 1].at);
        assert(z->changes[i].offset_s != offset);
        offset = z->changes[i].offset_s;
        assert(zone_offset_s(z, z->changes[i].at) == offset);
        check_instant(z, z->changes[i].at - 1);
        check_instant(z, z->changes[i].at);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct arena arena;
    const struct zone_table *z;
    if (arena.cap == 0)
        arena_init(&arena, (size_t)1 << 22);
    arena_reset(&arena);
    struct ctx c = {.arena = &arena};
    enum status st = zone_parse(&c, STR_LIT("Test/Zone"), bytes, len, &arena, &z);
    assert(st == ST_OK || st == ST_INTERNAL || st == ST_UNAVAILABLE);
    assert((st == ST_OK) == (c.fault_count == 0));
    if (st == ST_OK)
        check_table(z);
    return 0;
}
