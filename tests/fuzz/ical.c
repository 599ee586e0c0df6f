/*
 * Fuzzes what reads calendars: the library behind its limits, and what is made of it for a student
 * in Berlin. Whatever is taken must be a task or an event that could be stored. Run by tools/fuzz.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "client/ical.h"
#include "client/zone.h"
#include "domain/feed_read.h"
#include "domain/zones.h"
#include "model/event.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct digest sum(void *self, const struct str *parts, int n)
{
    struct digest d = {{0}};
    (void)self;
    for (int i = 0; i < n; i++)
        for (size_t k = 0; k < parts[i].len; k++)
            d.bytes[(k + (size_t)i) % 32] =
                (uint8_t)(d.bytes[(k + (size_t)i) % 32] * 31 + (uint8_t)parts[i].data[k]);
    return d;
}

static const struct domain *domain(void)
{
    static struct domain d;
    if (!d.zones) {
        struct zone_port zones = zone_files(zone_files_folder());
        d.zones = zones_open(&zones);
        d.digester.keyed = sum;
        d.calendars = ical_reader();
    }
    return &d;
}

static void check_event(const struct feed_value *v)
{
    assert(v->date.days != DATE_NONE.days && v->zone.len > 0 && v->rule.len <= EVENT_RULE_MAX);
    assert(v->end_date.days == DATE_NONE.days ||
           (v->end_date.days > v->date.days && v->end_date.days - v->date.days <= EVENT_DAYS_MAX));
    assert(v->end_date.days != DATE_NONE.days || v->end.minute >= v->start.minute);
    assert(v->skipped.count <= EVENT_EXCEPTIONS_MAX && v->moved.count <= EVENT_EXCEPTIONS_MAX);
}

static void check_item(const struct feed_item *item)
{
    const struct feed_value *v = item->now.at;
    assert(v->title.len > 0 && utf8_valid(v->title) && utf8_count(v->title) <= 200);
    assert(utf8_valid(item->notes) && utf8_count(item->notes) <= FEED_NOTES_MAX);
    assert(!item->course.data || (item->course.len > 0 && utf8_count(item->course) <= 80));
    if (item->form == FORM_TASK)
        assert(!instant_is_none(v->due) && item->estimate_min > 0);
    else
        check_event(v);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const struct domain *d = domain();
    struct settings settings;
    struct ics_calendar calendar;
    struct feed_reading reading;
    struct arena arena;
    arena_init(&arena, (size_t)1 << 27);
    struct ctx c = {.arena = &arena};
    settings_init(&settings);
    settings.zone = STR_LIT("Europe/Berlin");
    struct str text = {(const char *)bytes, len};
    enum status st = d->calendars.read(d->calendars.self, &c, text, &calendar);
    if (st == ST_OK)
        st = feed_read(&c, d, &settings, &calendar, (struct instant){1795000000000}, &reading);
    assert(st == ST_OK || st == ST_INVALID || st == ST_TOO_LARGE || st == ST_UNAVAILABLE);
    assert((st == ST_OK) == (c.fault_count == 0));
    const struct feed_item *items = st == ST_OK ? reading.items.items : NULL;
    for (int32_t i = 0; items && i < reading.items.count; i++)
        check_item(&items[i]);
    arena_release(&arena);
    return 0;
}
